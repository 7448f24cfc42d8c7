// The emulator itself: kernels that are right pass in every order of threads, and each mistake is
// reported, by the builds that can see it.

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "samples.h"
#include "tests/catch.h"

namespace {

using Environment = std::map<std::string, std::string>;

struct Outcome {
  int exit_code;  // 128 + the signal that ended it
  std::string text;
};

// In a process of its own: a report is final, and AddressSanitizer's ends the process.
Outcome run(const std::string& name, const Environment& environment = {}) {
  const Sample* sample = nullptr;
  for (const auto* samples : {&kernel_samples(), &memory_samples(), &host_samples()})
    for (const Sample& s : *samples)
      if (s.name == name) sample = &s;
  REQUIRE(sample);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    for (const auto& [variable, value] : environment) setenv(variable.c_str(), value.c_str(), 1);
    dup2(ends[1], STDERR_FILENO);
    close(STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    sample->run();
    std::exit(0);
  }
  close(ends[1]);
  Outcome result{};
  char buffer[4096];
  for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
    result.text.append(buffer, static_cast<std::size_t>(n));
  close(ends[0]);
  if (result.text.find("WARNING: ASan doesn't fully support") != std::string::npos)
    result.text.erase(0, result.text.find("some cases!\n") + 12);  // but it supports fibers
  int status = 0;
  waitpid(child, &status, 0);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

const std::string build = EMULATOR_BUILD;  // plain, checker or asan
const std::vector<std::string> orders = {"forward", "reverse", "random:1", "random:2", "random:3"};

}  // namespace

TEST_CASE("emulator: right kernels pass in every order") {
  for (const char* name :
       {"sum", "transpose_f32", "transpose_f64", "warps", "atomics", "early_end", "product"}) {
    for (const std::string& order : orders) {
      INFO(name << " " << order);
      const Outcome outcome = run(name, {{"GPU_EMULATOR_ORDER", order}});
      CHECK(outcome.text == "");
      CHECK(outcome.exit_code == 0);
    }
  }
}

TEST_CASE("emulator: the order of blocks and threads is as asked, and a seed repeats it") {
  if (build == "checker") {  // which sees the race
    CHECK_THAT(run("last_writer").text, ContainsSubstring("race in device memory"));
    return;
  }
  const auto last = [](const std::string& order) {
    return run("last_writer", {{"GPU_EMULATOR_ORDER", order}}).text;
  };
  CHECK(last("forward") == "last writer 127\n");
  CHECK(last("reverse") == "last writer 0\n");
  CHECK(last("random:5") == last("random:5"));
  std::vector<std::string> seen;
  for (int seed = 0; seed < 8; ++seed) seen.push_back(last("random:" + std::to_string(seed)));
  std::sort(seen.begin(), seen.end());
  CHECK(std::unique(seen.begin(), seen.end()) - seen.begin() >= 6);
  CHECK(run("last_writer", {{"GPU_EMULATOR_ORDER", "sideways"}}).exit_code == 2);
}

TEST_CASE("emulator: the host's side") {
  for (const char* name : {"refused_launches", "product_leading_dimension", "streams", "graphs",
                           "waiting_while_capturing"}) {
    INFO(name);
    CHECK(run(name).text == "");
    CHECK(run(name).exit_code == 0);
  }
  CHECK(run("no_device", {{"GPU_EMULATOR_DEVICES", "0"}}).text == "");
  CHECK(run("little_memory", {{"GPU_EMULATOR_MEMORY", "1000"}}).text == "");
  CHECK(run("failing_malloc", {{"GPU_EMULATOR_FAIL_MALLOC", "2"}}).text == "");
  CHECK(run("last_error", {{"GPU_EMULATOR_FAIL_MALLOC", "1"}}).text == "");
  CHECK_THAT(run("sticky").text,
             ContainsSubstring("not in the mask") && !ContainsSubstring("wrong"));
  CHECK(run("missing_synchronise").text == "wrong result: a copy that nobody waited for\n");
  CHECK(run("pinned_memory_is_read_late").text ==
        "wrong result: a copy that the host did not wait for\n");
}

// What each build says of each mistake; nothing where it cannot see it.
struct Mistake {
  const char *name, *plain, *checker, *asan;
};

TEST_CASE("emulator: every mistake is reported") {
  const char* beyond = "outside every live array of device memory";
  const char* poison = "use-after-poison";
  const Mistake mistakes[] = {
      {"missing_barrier", "", "race in shared memory", ""},
      {"missing_syncwarp", "", "race in shared memory", ""},
      {"in_place_neighbour", "", "race in device memory", ""},
      {"two_blocks", "", "race in device memory", ""},
      {"two_barriers", "divergent barrier", "divergent barrier", "divergent barrier"},
      {"barrier_after_end", "divergent barrier", "has ended", "divergent barrier"},
      {"deadlock", "deadlock", "deadlock", "deadlock"},
      {"not_in_mask", "not in the mask", "not in the mask", "not in the mask"},
      {"wrong_width", "width 5", "width 5", "width 5"},
      {"ended_lane", "which has ended", "which has ended", "which has ended"},
      {"absent_lane", "which the block does not have", "which the block does not have",
       "which the block does not have"},
      {"unmasked_lane", "which the mask leaves out", "which the mask leaves out",
       "which the mask leaves out"},
      {"write_beyond", "write beyond the end of 256 bytes", beyond, poison},
      {"read_beyond", "", beyond, poison},
      {"shared_beyond", "write beyond the end of a shared array",
       "outside every live array of shared memory", poison},
      {"static_shared_beyond", "write beyond the end of a shared array",
       "outside every live array of shared memory", "out of bounds"},
      {"undefined_memory", "wrong result", "that nobody has written", "wrong result"},
      {"undefined_shared", "wrong result", "that nobody has written", "wrong result"},
      {"copied_undefined", "wrong result", "that nobody has written", "wrong result"},
      {"misaligned", nullptr, "misaligned", "misaligned"},
      {"after_free", "not one of live device memory", "not one of live device memory",
       "not one of live device memory"},
      {"after_free_in_struct", "", beyond, poison},
      {"host_pointer", "not one of live device memory", "not one of live device memory",
       "not one of live device memory"},
      {"host_pointer_in_struct", "", "a kernel touches host memory", ""},
      {"host_touches_device", "", "the host touches device memory", ""},
      {"pool_tail", "write beyond the end of 252 bytes", beyond, poison},
      {"after_return", "", beyond, poison},
      {"copy_beyond", "no allocation", "no allocation", "no allocation"},
      {"copy_direction", "cudaMemcpy", "cudaMemcpy", "cudaMemcpy"},
      {"set_beyond", "no allocation", "no allocation", "no allocation"},
      {"free_twice", "no longer one", "no longer one", "no longer one"},
      {"leak", "leak of 256 bytes", "leak of 256 bytes", "leak of 256 bytes"},
      {"pinned_leak", "leak of 1 alloc", "leak of 1 alloc", "leak of 1 alloc"},
      {"free_while_work_waits", "while work waits", "while work waits", "while work waits"},
      {"too_much_shared", "48 KiB", "48 KiB", "48 KiB"},
      {"product_beyond", "cuBLAS: A takes", "cuBLAS: A takes", "cuBLAS: A takes"},
      {"product_undefined", "wrong result", "that nobody has written", "wrong result"},
  };
  for (const Mistake& mistake : mistakes) {
    const char* expected = build == "plain"     ? mistake.plain
                           : build == "checker" ? mistake.checker
                                                : mistake.asan;
    if (!expected) continue;  // undefined: the processor may or may not mind
    for (const char* order : {"forward", "reverse", "random:1"}) {
      INFO(mistake.name << " " << order);
      const Outcome outcome = run(mistake.name, {{"GPU_EMULATOR_ORDER", order}});
      CHECK((outcome.exit_code == 0) == (std::strlen(expected) == 0));
      CHECK_THAT(outcome.text, ContainsSubstring(expected));
    }
  }
}

TEST_CASE("emulator: a report names both accesses, kernel, block, thread, line and order") {
  if (build != "checker") return;
  const std::string text = run("missing_barrier", {{"GPU_EMULATOR_ORDER", "random:7"}}).text;
  for (const char* part : {"race in shared memory", "of 4 bytes at kernel_samples.cu:",
                           "of the same at kernel_samples.cu:", "no barrier",
                           "missing_barrier_kernel, block (0,0,0), thread (",
                           "GPU_EMULATOR_ORDER=random:7 repeats it"})
    CHECK_THAT(text, ContainsSubstring(part));
}
