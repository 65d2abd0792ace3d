"""Stands in for the software of a device in every process: Python imports this file at its start."""

import importlib.abc
import importlib.machinery
import sys
from unittest.mock import MagicMock

# What vllm-ascend imports and a machine without NPUs does not have.
MISSING = ("torch_npu", "acl", "mindiesd", "torchair")


class StandIn(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules that take every call."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in MISSING:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = MagicMock(name=spec.name)
        module.__name__, module.__path__, module.__file__ = spec.name, [], __file__
        return module

    def exec_module(self, module):
        if module.__name__ != "torch_npu":
            return
        # torch_npu adds its device to torch when it is imported.
        import torch
        import torch.distributed

        torch.npu = sys.modules["torch.npu"] = module.npu
        torch.distributed.is_hccl_available = lambda: True
        torch.utils.rename_privateuse1_backend("npu")


sys.meta_path.insert(0, StandIn())
