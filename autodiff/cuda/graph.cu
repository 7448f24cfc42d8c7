#include <exception>
#include <memory>

#include "autodiff/cuda/queue.h"

namespace gradus {

/// What a stream was given while it was captured, with the memory that it works in: scratch, and the
/// pinned memory from which it copies indices.
struct Queue::Graph {
  explicit Graph(Queue& owner) : queue(owner) {}
  ~Graph() {
    const std::lock_guard lock(queue.mutex_);
    if (launchable) cudaGraphExecDestroy(launchable);  // once it has run
    for (void* block : blocks) queue.pool_.release(block);
    for (const Stage& stage : stages) {
      cudaEventRecord(stage.done, queue.stream_);
      queue.stages_.push_back(stage);
    }
    queue.stages_made_ += static_cast<int>(stages.size());
  }
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  void launch() const {
    const std::lock_guard lock(queue.mutex_);
    check_cuda(cudaGraphLaunch(launchable, queue.stream_), "launch of a graph");
  }

  Queue& queue;
  cudaGraphExec_t launchable = nullptr;
  std::vector<void*> blocks;
  std::deque<Stage> stages;
};

// The lock is held throughout, so that only this thread's work is captured. Without a workspace of
// its own cuBLAS would allocate in the stream, a new one for each product.
std::function<void()> Queue::capture(const std::function<void()>& work) {
  const std::lock_guard lock(mutex_);
  give_workspace();
  const auto graph = std::make_shared<Graph>(*this);
  check_cuda(cudaStreamBeginCapture(stream_, cudaStreamCaptureModeRelaxed), "capture");
  captured_ = &graph->stages;
  pool_.start_keeping();
  std::exception_ptr failure;
  try {
    work();
  } catch (...) {
    failure = std::current_exception();
  }
  graph->blocks = pool_.end_keeping();
  captured_ = nullptr;
  stages_made_ -= static_cast<int>(graph->stages.size());
  cudaGraph_t captured = nullptr;
  cudaError_t status = cudaStreamEndCapture(stream_, &captured);
  if (status == cudaSuccess && !failure)
    status = cudaGraphInstantiate(&graph->launchable, captured, 0);
  if (captured) cudaGraphDestroy(captured);
  if (status != cudaSuccess) cudaGetLastError();  // forgotten: the next call would report it again
  if (failure) std::rethrow_exception(failure);
  check_cuda(status, "capture");
  return [graph] { graph->launch(); };
}

}  // namespace gradus
