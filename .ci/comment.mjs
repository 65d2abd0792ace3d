// Writes a review as a comment of a pull or merge request, or over the comment that it wrote before.
// `node .ci/comment.mjs FILE`, on GitHub with GITHUB_TOKEN and PULL_REQUEST, on GitLab with AICC_REVIEW_TOKEN.
import { readFileSync } from 'node:fs';

const MARKER = '<!-- aicc-review -->';
const { env } = process;

/** Asks an API for JSON. Throws with the answer where it is none of success. */
async function ask(url, headers, method = 'GET', body = undefined) {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

/** The first comment of ours: others may write the marker, too. */
async function find(url, headers, isOurs) {
  for (let page = 1; ; page++) {
    const comments = await ask(`${url}?per_page=100&page=${page}`, headers);
    const found = comments.find((comment) => comment.body.includes(MARKER) && isOurs(comment));
    if (found || comments.length < 100) return found;
  }
}

async function onGitHub(body) {
  const repository = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}`;
  const headers = {
    authorization: `Bearer ${env.GITHUB_TOKEN}`,
    accept: 'application/vnd.github+json',
  };
  const comments = `${repository}/issues/${env.PULL_REQUEST}/comments`;
  const own = await find(comments, headers, ({ user }) => user?.login === 'github-actions[bot]');
  return own
    ? ask(`${repository}/issues/comments/${own.id}`, headers, 'PATCH', { body })
    : ask(comments, headers, 'POST', { body });
}

async function onGitLab(body) {
  const headers = { 'private-token': env.AICC_REVIEW_TOKEN };
  const request = `${env.CI_API_V4_URL}/projects/${env.CI_PROJECT_ID}/merge_requests/${env.CI_MERGE_REQUEST_IID}`;
  const me = await ask(`${env.CI_API_V4_URL}/user`, headers);
  const own = await find(`${request}/notes`, headers, ({ author }) => author?.id === me.id);
  return own
    ? ask(`${request}/notes/${own.id}`, headers, 'PUT', { body })
    : ask(`${request}/notes`, headers, 'POST', { body });
}

const text = readFileSync(process.argv[2], 'utf8');
if (!text.includes(MARKER)) throw new Error(`${process.argv[2]} is no review: it has no ${MARKER}`);
await (env.GITHUB_REPOSITORY ? onGitHub(text) : onGitLab(text));
