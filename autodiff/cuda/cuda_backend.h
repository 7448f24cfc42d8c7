#pragma once

#include "autodiff/backend.h"
#include "autodiff/cuda/queue.h"

namespace gradus {

/// The kernels of one NVIDIA device. Each result is a function of its inputs and their shapes
/// alone: nothing is added atomically, every sum has a fixed order.
class CudaBackend final : public Backend {
 public:
  void* allocate(std::int64_t bytes) override { return queue_.allocate(bytes); }
  void release(void* data) override { queue_.release(data); }
  MemoryStats memory_stats() override { return queue_.memory_stats(); }
  std::string provider() override { return "cuBLAS"; }
  void copy_from_host(const void* host, Array y) override;
  void copy_to_host(Array x, void* host) override;
  /// Gives cached memory back at the end of the process.
  void close() { queue_.close(); }

  void fill(double value, Array y) override;
  void arange(Array y) override;
  void random_normal(std::uint64_t seed, std::uint64_t stream, double std, Array y) override;
  void random_uniform(std::uint64_t seed, std::uint64_t stream, double low, double high,
                      Array y) override;

  void unary(Unary op, Array x, double p, Array y) override;
  void binary(Binary op, Array a, Array b, Array y) override;

  void broadcast(Array x, AxisView view, Array y) override;
  void reduce(Reduce op, Array x, AxisView view, Array y) override;
  void swap_axes(Array x, std::int64_t outer, std::int64_t a, std::int64_t b, std::int64_t inner,
                 Array y) override;
  void slice(Array x, AxisView view, std::int64_t start, std::int64_t length, Array y) override;
  void pad(Array x, std::int64_t length, std::int64_t start, AxisView view, Array y) override;
  void gather_rows(Array x, const std::int64_t* indices, std::int64_t count, std::int64_t inner,
                   Array y) override;
  void scatter_rows(Array x, const std::int64_t* indices, std::int64_t count, std::int64_t rows,
                    std::int64_t inner, Array y) override;

  void matmul(Array a, Array b, const MatmulSpec& spec, Array y) override;
  void conv2d(Array images, Array kernel, const Conv2dSpec& spec, Array y) override;
  void conv2d_images(Array y_bar, Array kernel, const Conv2dSpec& spec, Array images) override;
  void conv2d_kernel(Array images, Array y_bar, const Conv2dSpec& spec, Array kernel) override;
  void avg_pool2d(Array x, const PoolSpec& spec, Array y) override;
  void avg_unpool2d(Array x, const PoolSpec& spec, Array y) override;

 private:
  Queue queue_;
};

}  // namespace gradus
