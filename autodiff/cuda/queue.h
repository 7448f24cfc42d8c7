#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>

#include "autodiff/backend.h"
#include "autodiff/cuda/pool.h"

namespace gradus {

/// The device's one stream of work. All that the backend asks of CUDA goes through here, one call
/// at a time, whichever thread it comes from, and the device does it in that order; only waiting
/// for a copy is no such call.
class Queue {
 public:
  /// Takes the first device; throws one sentence if there is none, or none that this code runs on.
  Queue();
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  void* allocate(std::int64_t bytes);
  void release(void* data);
  MemoryStats memory_stats();
  void close();

  /// From the host, whose bytes are read before the call returns; the device gets them in its turn.
  void copy_in(const void* host, std::int64_t bytes, void* data);
  /// To the host, done when the call returns. While one thread waits here, others go on.
  void copy_out(const void* data, std::int64_t bytes, void* host);
  /// Zeros.
  void clear(void* data, std::int64_t bytes);

  /// Starts `kernel` on blocks of `block` threads, `blocks` of them or as many as keep the device
  /// busy: kernels stride over what is left.
  template <class... Parameters, class... Arguments>
  void launch(const char* name, void (*kernel)(Parameters...), std::int64_t blocks, dim3 block,
              const Arguments&... arguments) {
    const std::lock_guard lock(mutex_);
    const std::int64_t most = most_threads_ / (block.x * block.y * block.z);
    const auto grid = static_cast<unsigned>(blocks < most ? blocks : most);
    check_cuda(
        gpu_launch(kernel, dim3(grid), block, 0, stream_, static_cast<Parameters>(arguments)...),
        name);
  }
  /// Starts `kernel` with one thread for each of `items`, or fewer that stride over them.
  template <class... Parameters, class... Arguments>
  void launch_over(std::int64_t items, const char* name, void (*kernel)(Parameters...),
                   const Arguments&... arguments) {
    if (items > 0) launch(name, kernel, (items + 255) / 256, dim3(256), arguments...);
  }

  /// c = alpha a b + beta c, row-major: (m,k) x (k,n), where a flag says that the operand is stored
  /// transposed.
  template <class T>
  void multiply(const T* a, const T* b, const MatmulSpec& spec, T beta, T* c);

  /// What `work` asks of this queue, as one launch: it is noted now, and done whenever the result is
  /// called, which keeps the memory that was used on the way. Other threads wait meanwhile.
  std::function<void()> capture(const std::function<void()>& work);

  /// Kernels that move entries count in 32 bits up to here. GRADUS_CUDA_INDEX_LIMIT lowers it, so
  /// that tests reach the 64-bit ones without arrays of gigabytes.
  std::int64_t index_limit() const { return index_limit_; }

 private:
  // Pinned host memory, which the device reads and writes by itself, and the event that tells when
  // it has. A thread takes the one that was used longest ago, and waits until the device has done
  // with it: the host is ahead by as many copies as there are stages.
  struct Stage {
    void* memory;
    cudaEvent_t done;
  };
  Stage take_stage();
  void return_stage(Stage stage);
  struct Taken {
    explicit Taken(Queue& owner) : queue(owner), stage(owner.take_stage()) {}
    ~Taken() { queue.return_stage(stage); }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;
    Queue& queue;
    const Stage stage;
  };
  void start_copy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind, Stage stage,
                  const char* what);

  void give_workspace();

  struct Graph;

  std::recursive_mutex mutex_;  // a capture holds it through all that it notes
  cudaStream_t stream_;
  DevicePool pool_;
  std::deque<Stage> stages_;  // that no thread has, in the order of their last use
  int stages_made_ = 0;
  cublasHandle_t blas_ = nullptr;
  void* workspace_ = nullptr;              // of cuBLAS, once there is a graph
  std::deque<Stage>* captured_ = nullptr;  // those of the graph that is being captured
  std::int64_t most_threads_ = 1, index_limit_ = std::int64_t{1} << 30;
};

/// Device memory for the duration of an op.
class Scratch {
 public:
  Scratch(Queue& queue, std::int64_t bytes) : queue_(queue), data_(queue.allocate(bytes)) {}
  ~Scratch() { queue_.release(data_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  template <class T>
  T* as() const {
    return static_cast<T*>(data_);
  }

 private:
  Queue& queue_;
  void* data_;
};

}  // namespace gradus
