import { servingProof } from './serving-proof';

export const dataTypesSupported = servingProof(
  {
    id: 'AICC-SRV-005',
    title: 'accelerators support the number formats of the model',
    why: 'The accelerator can compute with what the model asks for.',
  },
  ({ plan: { model }, server }) => {
    const { id, dataTypes } = server.accelerator;
    const { supported, unsupported } = dataTypes;
    const refused = model.dataTypes.filter((type) => unsupported.value.includes(type));
    const known = model.dataTypes.filter((type) => supported.value.includes(type));
    const holds = refused.length === 0;
    const unclear = model.dataTypes.filter((type) => ![...refused, ...known].includes(type));
    return {
      holds,
      statement: `${known.length} of ${model.dataTypes.length} number formats (${model.dataTypes.join(', ')}; weights ${model.weightsFormat}) among ${supported.value.join(', ')} of ${id}${holds ? '' : `, which has no ${refused.join(', ')}`}`,
      remedy: `use weights and a dtype of ${supported.value.join(', ')}, or another accelerator`,
      ...(holds && unclear.length > 0
        ? { notProven: `no source says whether ${id} has ${unclear.join(', ')}` }
        : {}),
    };
  },
);
