// Graphs: a stream's work, noted and done later, as often as it is launched.

#include <utility>

#include "device.h"

struct CUgraphExec_st {
  std::vector<Work> work;
};

using namespace gpu_emulator;

cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode) {
  GPU_CALL();
  if (!stream || stream->capture) return fail(cudaErrorStreamCaptureUnsupported);
  stream->capture = std::make_unique<CUgraph_st>();
  stream->broken = false;
  return cudaSuccess;
}

cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph) {
  GPU_CALL();
  if (!stream || !stream->capture) return fail(cudaErrorInvalidValue);
  const auto captured = std::exchange(stream->capture, nullptr);
  if (stream->broken) return fail(cudaErrorStreamCaptureInvalidated);
  *graph = new CUgraph_st(*captured);
  return cudaSuccess;
}

cudaError_t cudaGraphInstantiate(cudaGraphExec_t* launchable, cudaGraph_t graph,
                                 unsigned long long) {
  GPU_CALL();
  if (device().graphs == options().graphs) return fail(cudaErrorMemoryAllocation);
  ++device().graphs;
  *launchable = new CUgraphExec_st{graph->work};
  return cudaSuccess;
}

cudaError_t cudaGraphLaunch(cudaGraphExec_t launchable, cudaStream_t stream) {
  GPU_CALL();
  count(&Counts::graphs, stream);
  for (const Work& work : launchable->work)
    enqueue_work(stream, work.call, work.self.data(), work.self.size());
  return cudaSuccess;
}

cudaError_t cudaGraphExecDestroy(cudaGraphExec_t launchable) {
  GPU_CALL();
  if (!launchable) return fail(cudaErrorInvalidValue);
  --device().graphs;
  delete launchable;
  return cudaSuccess;
}

cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
  GPU_CALL();
  if (!graph) return fail(cudaErrorInvalidValue);
  delete graph;
  return cudaSuccess;
}

/// For programs that open the backend's library: the counts at this moment.
extern "C" __attribute__((visibility("default"))) Counts gpu_emulator_counts() {
  const Guard guard(mutex());
  return counts();
}
