import { MANY_TIMES, onAll, undocumented } from '../assumptions';
import { tensorParallel } from '../deployment';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { computedSize } from '../weights';

/** Baidu lists what it has run on Ascend 910B, with the size of each model. */
const PADDLEX_NPU = 'PaddlePaddle/PaddleX docs/support_list/model_list_npu.en.md (0597672)';
const PADDLESEG = 'PaddlePaddle/PaddleSeg (d7975e7c)';
const RT_DETR = 'lyuwenyu/RT-DETR README.md (068dfde)';
const SAM = 'facebookresearch/segment-anything (dca509f)';
const YOLOV8 = 'ultralytics/models/v8/yolov8.yaml of ultralytics/ultralytics';
const TORCHVISION = 'pytorch/vision torchvision/models/segmentation/deeplabv3.py';

const SMALL = { access: 'weights', runtime: 'container' } as const;

/** Run on the 910B by Baidu; whose driver the 310P and A3 share. */
function listed(): WeightsModel['deployments'] {
  const on910B = tensorParallel(1, {
    dtype: 'float16',
    source: PADDLEX_NPU,
    assumed: 'listed for 910B without NPUs; one is the least without vNPUs',
  });
  const elsewhere = { ...on910B, assumed: 'listed for 910B only; one is the least without vNPUs' };
  return { ...onAll(elsewhere), A2: on910B };
}

function megabytes(value: number, source: string): WeightsModel['weights']['sizeGib'] {
  return {
    value: Math.ceil((value * 1e6 * 100) / 2 ** 30) / 100,
    source: `${source}: ${value} MB`,
  };
}

/** Weights as Baidu offers them to its own tools. */
function paddle(name: string, size: number): WeightsModel['weights'] {
  return {
    format: 'fp32',
    hub: 'web',
    address: `paddle-model-ecology.bj.bcebos.com/paddlex/official_inference_model/paddle3.0.0/${name}_infer.tar`,
    repository: `PaddlePaddle/${name}`,
    sizeGib: megabytes(size, PADDLEX_NPU),
  };
}

/** Models that find things in pictures and cut them out. */
export const VISION: readonly WeightsModel[] = [
  {
    ...SMALL,
    id: 'rt-detr-r50',
    title: 'RT-DETR-R50',
    task: 'detection',
    origin: 'domestic',
    huggingFaceId: 'PekingU/rtdetr_r50vd',
    parametersBillions: { value: 0.042, source: RT_DETR },
    released: { value: '2023-04-17', source: RT_DETR },
    licence: licence('Apache-2.0', 'lyuwenyu/RT-DETR LICENSE (068dfde)'),
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'PekingU/rtdetr_r50vd',
      sizeGib: megabytes(149.1, PADDLEX_NPU),
    },
    deployments: listed(),
  },
  {
    ...SMALL,
    id: 'rt-detr-l',
    title: 'RT-DETR-HGNetv2-L',
    task: 'detection',
    origin: 'domestic',
    parametersBillions: { value: 0.032, source: RT_DETR },
    released: { value: '2023-04-17', source: RT_DETR },
    licence: licence('Apache-2.0', 'lyuwenyu/RT-DETR LICENSE (068dfde)'),
    weights: paddle('RT-DETR-L', 113.7),
    deployments: listed(),
  },
  {
    ...SMALL,
    id: 'yolov8x',
    title: 'YOLOv8x',
    task: 'detection',
    origin: 'foreign',
    huggingFaceId: 'Ultralytics/YOLOv8',
    parametersBillions: { value: 0.068, source: YOLOV8 },
    released: {
      value: '2023-01',
      source: 'docs.ultralytics.com/models/yolov8',
      assumed: 'the page was not read here',
    },
    licence: licence('AGPL-3.0-only', `${YOLOV8}: AGPL-3.0 license`),
    weights: {
      format: 'fp16',
      hub: 'huggingface',
      repository: 'Ultralytics/YOLOv8',
      sizeGib: computedSize(0.068, 'fp16'),
    },
    deployments: onAll(undocumented(1, YOLOV8, MANY_TIMES)),
  },
  {
    ...SMALL,
    id: 'pp-liteseg-t',
    title: 'PP-LiteSeg-T (STDC1)',
    task: 'segmentation',
    origin: 'domestic',
    parametersBillions: {
      value: 0.008,
      source: `${PADDLEX_NPU}: 31 MB of 4 bytes each`,
      assumed: 'computed from the size of the file',
    },
    released: { value: '2022-04-20', source: `${PADDLESEG} README_EN.md` },
    licence: licence('Apache-2.0', `${PADDLESEG} LICENSE`),
    weights: paddle('PP-LiteSeg-T', 31),
    deployments: listed(),
  },
  {
    ...SMALL,
    id: 'pp-mobileseg-base',
    title: 'PP-MobileSeg-Base',
    task: 'segmentation',
    origin: 'domestic',
    parametersBillions: { value: 0.0056, source: `${PADDLESEG} README_CN.md: 5.62 million` },
    released: { value: '2023-03-28', source: `${PADDLESEG}, commit 2701c577` },
    licence: licence('Apache-2.0', `${PADDLESEG} LICENSE`),
    weights: {
      format: 'fp32',
      hub: 'web',
      address: 'github.com/PaddlePaddle/PaddleSeg/tree/release/2.10/configs/pp_mobileseg',
      repository: 'PaddlePaddle/PP-MobileSeg-Base',
      sizeGib: computedSize(0.0056, 'fp32'),
    },
    deployments: onAll(undocumented(1, `${PADDLESEG} configs/pp_mobileseg`, MANY_TIMES)),
  },
  {
    ...SMALL,
    id: 'sam-vit-h',
    title: 'SAM ViT-H',
    task: 'segmentation',
    origin: 'foreign',
    huggingFaceId: 'facebook/sam-vit-huge',
    parametersBillions: {
      value: 0.64,
      source:
        'dl.fbaipublicfiles.com/segment_anything/sam_vit_h_4b8939.pth: 2.56 GB of 4 bytes each',
      assumed: 'computed from the size of the file',
    },
    released: { value: '2023-04-04', source: `${SAM}, first commit (5717941)` },
    licence: licence('Apache-2.0', `${SAM} README.md, License`),
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'facebook/sam-vit-huge',
      sizeGib: computedSize(0.64, 'fp32'),
    },
    deployments: onAll(undocumented(1, SAM, MANY_TIMES)),
  },
  {
    ...SMALL,
    // The method of Google; these weights are Baidu's.
    id: 'deeplabv3-r101',
    title: 'DeepLabV3-ResNet101',
    task: 'segmentation',
    origin: 'foreign',
    parametersBillions: { value: 0.061, source: `${TORCHVISION}: 60,996,202` },
    released: { value: '2017-06', source: 'arXiv 1706.05587' },
    licence: licence(
      'Apache-2.0',
      `${PADDLESEG} LICENSE`,
      'licence of the repository that holds this copy',
    ),
    weights: paddle('Deeplabv3-R101', 205.9),
    deployments: listed(),
  },
];
