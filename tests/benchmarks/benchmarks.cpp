// Times the workloads of workloads.cpp against what the machine can do, or with --device cuda its GPU.
// peer.py runs this program beside PyTorch and JAX.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <numeric>
#include <sstream>
#include <thread>

#include "autodiff/backend.h"
#include "autodiff/check.h"
#include "autodiff/threads.h"
#include "tests/benchmarks/device.h"
#include "tests/benchmarks/machine.h"
#include "tests/benchmarks/sampler.h"
#include "tests/benchmarks/workloads.h"

namespace gradus {
namespace {

double mebibytes(std::int64_t bytes) { return static_cast<double>(bytes) / (1 << 20); }

const Workload& find(const std::vector<Workload>& all, const std::string& name) {
  for (const Workload& workload : all)
    if (workload.name == name) return workload;
  fail("there is no workload ", name, "; --list lists them");
}

// One sample for every line that comes in; after an empty one the peak of memory in MiB, and what
// the process had before it did anything.
void serve(const std::function<std::function<void()>()>& make) {
  const double before = mebibytes(peak_resident());
  Sampler sampler(make());
  std::printf("ready\n");
  for (std::string line; std::fflush(stdout), std::getline(std::cin, line) && !line.empty();) {
    const Seconds seconds = sampler.sample();
    std::printf("%.9g %.9g\n", seconds.wall, seconds.processor);
  }
  std::printf("%.1f %.1f\n", mebibytes(peak_resident()), before);
}

// The sum of what `rate` gives on so many threads at once.
double together(int threads, const std::function<double()>& rate) {
  std::vector<double> rates(static_cast<std::size_t>(threads));
  std::vector<std::thread> running;
  for (double& r : rates) running.emplace_back([&] { r = rate(); });
  for (std::thread& thread : running) thread.join();
  return std::accumulate(rates.begin(), rates.end(), 0.0);
}

// Prints what the machine can do; returns its multiplications and additions per second.
double print_machine(int threads) {
  const double peak = together(threads, peak_flops);
  std::printf("%d thread%s: peak %.0f GFLOP/s\n  a = b + s c, GB/s:", threads,
              threads > 1 ? "s" : "", peak / 1e9);
  for (std::int64_t kib : {24, 1024, 24 << 10, 512 << 10})
    std::printf(" %.0f (%s)", together(threads, [&] { return triad_bytes(kib << 10); }) / 1e9,
                kib < 1024 ? "24 KiB" : (std::to_string(kib >> 10) + " MiB").c_str());
  std::printf("\n");
  return peak;
}

// Prints a row of the table.
void measure(const Workload& workload, int threads, double peak) {
  set_threads(threads);
  Sampler sampler(workload.make());
  const double seconds = sampler.median_wall();
  std::printf("%-10s %2d %11.3f ms ", workload.name.c_str(), threads, 1e3 * seconds);
  if (workload.gflop > 0)
    std::printf("%7.1f GFLOP/s %4.0f%% %6.1f GB/s", workload.gflop / seconds,
                100e9 * workload.gflop / seconds / peak, workload.megabytes / 1e3 / seconds);
  else
    std::printf("%32s", "");
  std::printf(" %5.0f MiB  %s\n", mebibytes(peak_resident()), workload.text.c_str());
  std::fflush(stdout);
}

// Each workload in a process of its own, so that its peak of memory is its own.
void measure_all(const std::vector<Workload>& chosen) {
  std::printf("%s\n", provider().c_str());
  for (int threads : {1, 2}) {
    const double peak = print_machine(threads);
    std::fflush(stdout);
    for (const Workload& workload : chosen) {
      const pid_t child = fork();
      check(child >= 0, "cannot start a process for ", workload.name);
      if (child == 0) {
        measure(workload, threads, peak);
        _exit(0);
      }
      int status = 0;
      waitpid(child, &status, 0);
      check(status == 0, workload.name, " failed");
    }
  }
}

// The matrix products of a program and nothing else, all on the same operands: their time is what no
// pass can go below. Empty for a program with convolutions.
std::function<void()> products_alone(const ProgramRun& run) {
  for (int i = 0; i < 3; ++i) run();
  const Program& program = *run.program;
  if (program.listing().text.find("conv") != std::string::npos) return {};
  std::vector<MatmulSpec> products;
  std::int64_t largest = 1;
  std::istringstream lines(program.listing().text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line.substr(std::min(line.find("matmul "), line.size())));
    std::string word, flags;
    MatmulSpec s;
    if (!(words >> word >> flags >> s.m >> s.k >> s.n)) continue;
    s.transpose_a = flags[0] == 'T';
    s.transpose_b = flags[1] == 'T';
    largest = std::max({largest, s.m * s.k, s.k * s.n, s.m * s.n});
    products.push_back(s);
  }
  return [products, a = random_normal({largest}, {1, 0}), b = random_normal({largest}, {1, 1}),
          y = zeros({largest})] {
    for (const MatmulSpec& s : products)
      backend(Device::cpu)
          .matmul(array_of(a), array_of(b), s, {array_of(y).data, s.m * s.n, DType::f32});
  };
}

// Today's time over that of the program with one pass more each time, in turns; and over that of its
// products alone, which bounds what any pass could reach.
void measure_passes(const Workload& workload) {
  check(bool(workload.make_program), "there is no program of ", workload.name);
  constexpr Program::Options none{.fold = false, .onto = false, .in_place = false, .slab = false};
  Program::Options options = none;
  std::vector<Sampler> samplers{Sampler(workload.make())};
  samplers.emplace_back(workload.make_program(options));
  for (bool Program::Options::*pass : {&Program::Options::fold, &Program::Options::slab,
                                       &Program::Options::in_place, &Program::Options::onto}) {
    options.*pass = true;
    samplers.emplace_back(workload.make_program(options));
  }
  const ProgramRun whole = workload.make_program({}), apart = workload.make_program(none);
  const std::function<void()> products = products_alone(whole);
  for (int i = 0; i < 3; ++i) apart();
  if (products) samplers.emplace_back(products);
  constexpr int rounds = 11;
  std::vector<double> today;
  std::vector<std::vector<double>> ratios(samplers.size());
  for (int round = 0; round < rounds; ++round)
    for (std::size_t i = 0; i < samplers.size(); ++i) {
      const Seconds sample = samplers[i].sample();
      const double seconds = threads() == 1 ? sample.processor : sample.wall;
      if (i == 0) today.push_back(seconds);
      ratios[i].push_back(today.back() / seconds);
    }
  const auto median = [](std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  };
  const double ms = 1e3 * median(today);
  std::printf("%-9s %1d %9.*f ", workload.name.c_str(), threads(), ms < 100 ? 4 : 1, ms);
  for (std::size_t i = 1; i < samplers.size(); ++i) std::printf(" %6.2f", median(ratios[i]));
  if (!products) std::printf("      -");
  const double separate = mebibytes(apart.program->listing().bytes);
  std::printf(" %6.*f %6.2f\n", separate < 100 ? 2 : 1, separate,
              mebibytes(whole.program->listing().bytes));
  std::fflush(stdout);
}

void write_inputs(const char* path) {
  std::ofstream file(path, std::ios::binary);
  for (const Tensor& t : lambda_inputs())
    file.write(reinterpret_cast<const char*>(t.values<float>().data()), t.size() * 4);
  check(bool(file.flush()), "cannot write ", path);
}

void run(const std::vector<std::string>& words) {
  const std::vector<Workload> all = workloads();
  if (words.empty()) return measure_all(all);
  if (words[0] == "--list") {
    for (const Workload& w : all)
      std::printf("%-10s %9.4g GFLOP  %s\n", w.name.c_str(), w.gflop, w.text.c_str());
  } else if (words[0] == "--device") {
    measure_on_device({words.begin() + 1, words.end()}, all);
  } else if (words[0] == "--machine") {
    std::printf("%s\n", provider().c_str());
    for (int threads : {1, 2}) print_machine(threads);
  } else if (words[0] == "--peak" && words.size() == 2) {
    std::printf("%.1f\n", together(std::stoi(words[1]), peak_flops) / 1e9);
  } else if (words[0] == "--serve" && words.size() == 3) {
    set_threads(std::stoi(words[2]));
    serve(find(all, words[1]).make);
  } else if ((words[0] == "--serve-program" || words[0] == "--serve-products") &&
             words.size() == 3) {
    set_threads(std::stoi(words[2]));
    const Workload& workload = find(all, words[1]);
    std::function<void()> run;
    if (workload.make_program) run = workload.make_program({});
    if (run && words[0] == "--serve-products") run = products_alone(workload.make_program({}));
    if (run)
      serve([&] { return run; });
    else
      std::printf("none\n");
  } else if (words[0] == "--programs" && words.size() > 2) {
    set_threads(std::stoi(words[1]));
    std::printf("workload  T  step, ms  record   fold   slab  place   onto  prod.  apart   slab\n");
    for (std::size_t i = 2; i < words.size(); ++i) measure_passes(find(all, words[i]));
  } else if (words[0] == "--write-inputs" && words.size() == 2) {
    write_inputs(words[1].c_str());
  } else {
    std::vector<Workload> chosen;
    for (const std::string& word : words) chosen.push_back(find(all, word));
    measure_all(chosen);
  }
}

}  // namespace
}  // namespace gradus

int main(int argc, char** argv) {
  return gradus::run_benchmark("benchmarks", [&] { gradus::run({argv + 1, argv + argc}); });
}
