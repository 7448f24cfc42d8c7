#include "autodiff/cuda/pool.h"

#include <algorithm>
#include <string>

#include "autodiff/check.h"

namespace gradus {
namespace {

std::string amount(std::int64_t bytes) {
  const bool small = bytes < 1 << 20;
  return std::to_string(bytes >> (small ? 10 : 20)) + (small ? " KiB" : " MiB");
}

}  // namespace

void check_cuda(cudaError_t status, const char* what) {
  check(status == cudaSuccess, "[cuda] ", what, ": ", cudaGetErrorString(status), " (",
        cudaGetErrorName(status), ")");
}

void* DevicePool::allocate(std::int64_t bytes) {
  const std::int64_t size = size_class_bytes(size_class(bytes));
  std::vector<void*>& cached = free_[size];
  void* data = nullptr;
  if (cached.empty()) {
    data = ask_device(size);
  } else {
    data = cached.back();
    cached.pop_back();
    stats_.cached_bytes -= size;
  }
  if (keeping_) keeping_->emplace(data, size);
  live_.emplace(data, size);
  stats_.live_bytes += size;
  stats_.peak_bytes = std::max(stats_.peak_bytes, stats_.live_bytes);
  gpu_block_handed_out(data, static_cast<std::size_t>(bytes), stream_);
  return data;
}

void DevicePool::release(void* data) {
  const auto block = live_.find(data);
  const std::int64_t size = block->second;
  live_.erase(block);
  stats_.live_bytes -= size;
  if (closed_) {
    cudaFree(data);
    return;
  }
  gpu_block_returned(data, static_cast<std::size_t>(size), stream_);
  free_[size].push_back(data);
  stats_.cached_bytes += size;
}

void DevicePool::start_keeping() { keeping_.emplace(); }

std::vector<void*> DevicePool::end_keeping() {
  std::vector<void*> kept;
  for (const auto& [data, size] : *keeping_) {
    if (std::erase(free_[size], data) == 0) continue;  // it has not come back
    live_.emplace(data, size);
    stats_.cached_bytes -= size;
    stats_.live_bytes += size;
    kept.push_back(data);
  }
  keeping_.reset();
  return kept;
}

void* DevicePool::ask_device(std::int64_t bytes) {
  ++stats_.system_allocations;
  void* data = nullptr;
  cudaError_t status = cudaMalloc(&data, static_cast<std::size_t>(bytes));
  if (status == cudaErrorMemoryAllocation && !keeping_) {
    cudaGetLastError();  // forgotten: the next call would report it again
    drop_cache();
    status = cudaMalloc(&data, static_cast<std::size_t>(bytes));
  }
  if (status == cudaErrorMemoryAllocation) {
    cudaGetLastError();
    std::size_t free = 0, total = 0;
    cudaMemGetInfo(&free, &total);
    fail("[memory] the device cannot give ", amount(bytes), ": of its ",
         amount(static_cast<std::int64_t>(total)), " ", amount(static_cast<std::int64_t>(free)),
         " are free, and tensors hold ", amount(stats_.live_bytes),
         "; try a smaller batch or network, or --device cpu");
  }
  check_cuda(status, "allocation");
  return data;
}

void DevicePool::drop_cache() {
  // Waiting kernels may use released blocks. What went wrong in them, the next call tells.
  cudaStreamSynchronize(stream_);
  for (auto& [size, blocks] : free_)
    for (void* data : blocks) cudaFree(data);
  free_.clear();
  stats_.cached_bytes = 0;
}

void DevicePool::close() {
  drop_cache();
  closed_ = true;
}

}  // namespace gradus
