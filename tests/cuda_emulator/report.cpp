// Options and reports.

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "emulator.h"

namespace gpu_emulator {
namespace {

bool has_failed = false;

Options read_options() {
  Options result;
  const auto text = [](const char* variable) {
    const char* value = std::getenv(variable);
    return std::string(value ? value : "");
  };
  const std::string order = text("GPU_EMULATOR_ORDER");
  if (order == "reverse") {
    result.order = Order::reverse;
  } else if (order.starts_with("random:")) {
    result.order = Order::random;
    result.seed = std::strtoull(order.c_str() + 7, nullptr, 10);
  } else if (!order.empty() && order != "forward") {
    std::fprintf(stderr, "GPU_EMULATOR_ORDER is forward, reverse or random:SEED, not '%s'\n",
                 order.c_str());
    std::exit(2);
  }
  const auto number = [&](const char* variable, auto& value) {
    if (const std::string s = text(variable); !s.empty())
      value = static_cast<std::remove_reference_t<decltype(value)>>(std::stoll(s));
  };
  number("GPU_EMULATOR_MEMORY", result.memory);
  number("GPU_EMULATOR_FAIL_MALLOC", result.failing_malloc);
  number("GPU_EMULATOR_GRAPHS", result.graphs);
  number("GPU_EMULATOR_DEVICES", result.devices);
  number("GPU_EMULATOR_CAPABILITY", result.capability);
  return result;
}

std::string order_text() {
  switch (options().order) {
    case Order::forward: return "forward";
    case Order::reverse: return "reverse";
    case Order::random: return "random:" + std::to_string(options().seed);
  }
  return "";
}

std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

struct Symbol {
  std::string function = "an unknown function", place = "an unknown line";
};

// Asks addr2line, which comes with every compiler: once per report, so speed is no matter.
Symbol symbol_of(const void* code) {
  Symbol result;
  Dl_info info;
  if (!dladdr(code, &info)) return result;
  char command[4096];
  std::snprintf(command, sizeof command, "LD_PRELOAD= addr2line -f -C -e '%s' 0x%zx 2>/dev/null",
                info.dli_fname,
                static_cast<std::size_t>(static_cast<const char*>(code) -
                                         static_cast<const char*>(info.dli_fbase)));
  std::FILE* pipe = popen(command, "r");
  if (!pipe) return result;
  char line[4096];
  const auto read = [&](std::string& text) {
    if (!std::fgets(line, sizeof line, pipe)) return;
    std::string s = line;
    s = s.substr(0, s.find('\n'));
    if (!s.starts_with("??")) text = s;
  };
  read(result.function);
  read(result.place);
  pclose(pipe);
  result.place = base_name(result.place);
  result.place = result.place.substr(0, result.place.find(" ("));  // " (discriminator 2)"
  return result;
}

}  // namespace

Options& options() {
  static Options result = read_options();
  return result;
}

bool failed() { return has_failed; }

std::string place_of(const void* code) { return symbol_of(code).place; }

std::string kernel_name(const Launch& launch) {
  std::string name = symbol_of(reinterpret_cast<const void*>(launch.kernel)).function;
  name = name.substr(0, name.rfind('('));  // without the parameters
  const std::size_t result_type = name.find(' ');
  if (name.starts_with("void ")) name = name.substr(result_type + 1);
  return name;
}

std::string name(Place place) { return base_name(place.file) + ":" + std::to_string(place.line); }

std::string name(uint3 i) {
  return "(" + std::to_string(i.x) + "," + std::to_string(i.y) + "," + std::to_string(i.z) + ")";
}

void report(const std::string& what) {
  has_failed = true;
  std::string text = "gpu emulator: " + what + "\n";
  const Launch* launch = running_launch();
  if (launch) {
    text += "  in kernel " + kernel_name(*launch);
    if (on_kernel_stack())
      text += ", block " + name(indices.block) + ", thread " + name(indices.thread);
    text += "\n  GPU_EMULATOR_ORDER=" + order_text() + " repeats it\n";
  }
  std::fputs(text.c_str(), stderr);
  if (on_kernel_stack()) abandon_kernel();
}

}  // namespace gpu_emulator
