#include "chapters/support/run_record.h"

#include <chrono>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>
#include <variant>

#include "autodiff/check.h"
#include "autodiff/threads.h"
#include "chapters/support/files.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

std::string cpu_model() {
  std::ifstream cpuinfo("/proc/cpuinfo");
  for (std::string line; std::getline(cpuinfo, line);)
    if (line.starts_with("model name") && line.find(": ") != std::string::npos)
      return line.substr(line.find(": ") + 2);
  return "unknown";
}

}  // namespace

bool is_utf8(const std::string& text) {
  try {
    Json(text).dump();
    return true;
  } catch (const Json::type_error&) {
    return false;
  }
}

void write_run_record(const Options& options, const ChapterInfo& info) {
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - options.start;
  Json chosen = {
      {"full", options.full}, {"seed", options.seed}, {"dtype", to_string(options.dtype)}};
  if (info.takes_data) chosen["data"] = options.data;
  for (const ChapterOption& extra : info.extra)
    std::visit([&](const auto* value) { chosen[extra.name.substr(2)] = *value; }, extra.value);
  const Json record = {{"chapter", options.chapter},
                       {"command", options.command},
                       {"options", chosen},
                       {"version", GRADUS_VERSION},
                       {"machine",
                        {{"cpu", cpu_model()},
                         {"processors", std::thread::hardware_concurrency()},
                         {"device", to_string(options.device)},
                         {"provider", provider(options.device)},
                         {"threads", threads()}}},
                       {"seconds", std::round(elapsed.count() * 10) / 10}};
  write_atomically(options.out / "run.json", record.dump(2) + '\n');
}

RunRecord RunRecord::read(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "run.json";
  check(std::filesystem::is_regular_file(path), "there is no finished run in ", folder.string(),
        ": run.json is missing; run the experiment with --out ", folder.string());
  std::ifstream file(path);
  const Json json = Json::parse(file, nullptr, false);
  const auto has = [&](const char* key) { return json.is_object() && json.contains(key); };
  check(has("chapter") && has("command") && has("options"), path.string(),
        " is damaged; run the experiment again");
  return {json["chapter"], json["command"], json.dump()};
}

std::string RunRecord::option(std::string_view name) const {
  const Json options = Json::parse(json)["options"];
  const auto found = options.find(name);
  check(found != options.end(), "run.json has no option ", name, "; run the experiment again");
  return found->is_string() ? found->get<std::string>() : found->dump();
}

}  // namespace gradus
