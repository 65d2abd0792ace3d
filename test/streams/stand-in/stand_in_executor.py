"""An executor without devices: every request gets one token a step, and a step takes a fixed time."""

import os
import time
from concurrent.futures import Future

import torch
from vllm.v1.executor.abstract import Executor
from vllm.v1.kv_cache_interface import FullAttentionSpec
from vllm.v1.outputs import ModelRunnerOutput

STEP_SECONDS = float(os.environ["STAND_IN_STEP_SECONDS"])
TOKEN = 7


class StandInExecutor(Executor):
    """What the engine asks of its workers, answered without any."""

    @property
    def max_concurrent_batches(self) -> int:
        return 1

    def _init_executor(self) -> None:
        spec = FullAttentionSpec(
            block_size=self.cache_config.block_size or 128, num_kv_heads=1, head_size=64, dtype=torch.float16
        )
        self.answers = {
            "determine_available_memory": 4 << 30,
            "get_kv_cache_spec": {"layer": spec},
            "get_supported_tasks": ("generate",),
        }

    def initialize_from_config(self, kv_cache_configs) -> None:
        pass

    def collective_rpc(self, method, timeout=None, args=(), kwargs=None, non_block=False):
        return [self.answers.get(method)]

    def execute_model(self, scheduler_output, non_block=False):
        time.sleep(STEP_SECONDS)
        ids = list(scheduler_output.num_scheduled_tokens)
        output = ModelRunnerOutput(
            req_ids=ids,
            req_id_to_index={name: index for index, name in enumerate(ids)},
            sampled_token_ids=[[TOKEN] for _ in ids],
        )
        if not non_block:
            return output
        future: Future = Future()
        future.set_result(output)
        return future

    def execute_dummy_batch(self) -> None:
        time.sleep(STEP_SECONDS)

    def check_health(self) -> None:
        pass

    def shutdown(self) -> None:
        pass
