#pragma once

#include <cstdint>

#include "autodiff/backend.h"
#include "autodiff/device.h"

namespace gradus {

/// A block of device memory, taken from the device's pool and given back at the end.
class Storage {
 public:
  Storage(Device device, std::int64_t bytes)
      : device_(device), data_(backend(device).allocate(bytes)) {}
  ~Storage() { backend(device_).release(data_); }
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;

  void* data() const { return data_; }

 private:
  Device device_;
  void* data_;
};

}  // namespace gradus
