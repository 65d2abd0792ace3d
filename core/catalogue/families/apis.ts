import type { ApiModel } from '../model';
import { modelsDev } from '../sources';

/** Models behind the APIs of their makers: one side of a comparison, never served here. */
export const APIS: readonly ApiModel[] = [
  {
    id: 'gpt-4o',
    title: 'GPT-4o',
    task: 'chat',
    access: 'api-only',
    origin: 'foreign',
    released: { value: '2024-05-13', source: modelsDev('openai/gpt-4o') },
  },
  {
    id: 'o1',
    title: 'o1',
    task: 'reasoning',
    access: 'api-only',
    origin: 'foreign',
    released: {
      value: '2024-12-05',
      source: 'anomalyco/models.dev providers/openai/models/o1.toml (f3fc69229)',
    },
  },
  {
    id: 'claude-3-5-sonnet',
    title: 'Claude 3.5 Sonnet',
    task: 'agent',
    access: 'api-only',
    origin: 'foreign',
    released: {
      value: '2024-06-20',
      source:
        'anomalyco/models.dev providers/anthropic/models/claude-3-5-sonnet-20240620.toml (f3fc69229)',
    },
  },
  {
    id: 'text-embedding-3-large',
    title: 'text-embedding-3-large',
    task: 'embedding',
    access: 'api-only',
    origin: 'foreign',
    released: {
      value: '2024-01-25',
      source:
        'anomalyco/models.dev providers/openai/models/text-embedding-3-large.toml (f3fc69229)',
    },
  },
  {
    id: 'cohere-rerank-3',
    title: 'Cohere Rerank 3',
    task: 'reranker',
    access: 'api-only',
    origin: 'foreign',
    released: {
      value: '2024-04',
      source: 'learn.engineering.vips.edu/ai-models/cohere-rerank-multilingual-v3',
    },
  },
  {
    id: 'sora',
    title: 'Sora',
    task: 'video-generation',
    access: 'api-only',
    origin: 'foreign',
    released: {
      value: '2024-12-09',
      source: 'centerconsulting.com/ai-library/milestones/2024-sora',
    },
  },
];
