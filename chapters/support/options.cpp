#include "chapters/support/options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <locale>
#include <new>
#include <optional>
#include <string_view>
#include <system_error>

#include "autodiff/check.h"
#include "autodiff/threads.h"
#include "chapters/support/csv.h"
#include "chapters/support/files.h"
#include "chapters/support/program.h"
#include "chapters/support/progress.h"
#include "chapters/support/run_record.h"
#include "chapters/support/temporary.h"

namespace gradus {
namespace {

// "ch01" of "ch01_chain_rule".
std::string short_name(const ChapterInfo& info) { return info.name.substr(0, info.name.find('_')); }

// The command line as a shell would take it, without the folder of the program.
std::string command_line(int argc, const char* const* argv) {
  std::string command = std::filesystem::path(argv[0]).filename();
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    const bool plain = !word.empty() && word.find_first_not_of(
                                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
                                            "XYZ0123456789-_=./,:+@%") == std::string::npos;
    if (!plain) {
      for (std::size_t at = 0; (at = word.find('\'', at)) != std::string::npos; at += 4)
        word.replace(at, 1, "'\\''");
      word = '\'' + word + '\'';
    }
    command += ' ' + word;
  }
  return command;
}

// Reads a whole number that is nothing but digits and fits; false for anything else.
template <class T>
bool read_number(const std::string& text, T& value) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end && text[0] != '-';
}

// The options of programs with a sweep; `shard` is the text of --shard.
void add_sweep_options(CLI::App& app, Options& options, std::optional<std::string>& shard) {
  app.add_option("--jobs", options.jobs, "cells at the same time (default: as many as --threads)")
      ->check(CLI::Range(1, 1024).description(""))
      ->type_name("N");
  app.add_option("--shard", shard, "compute only part I of N of the cells, I from 0")
      ->type_name("I/N");
  app.add_flag("--merge", options.merge, "compute no cells; put the finished ones together");
  app.add_flag("--reuse", options.reuse, "take also cells that another build has finished");
}

// "2/8" into shard 2 of 8: digits only, so that nothing wraps around or is skipped.
void read_shard(const std::string& text, Options& options) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const bool numbers = read_number(text.substr(0, slash), options.shard) &&
                       read_number(text.substr(std::min(slash + 1, text.size())), options.shards);
  check(numbers && options.shard < options.shards, "--shard ", text,
        " is none; I/N with 0 <= I < N is expected, such as 0/8");
}

// What cells depend on besides the code and their settings. Threads are no part of it, nor is where
// results go; data are known by their content (Sweep::depends_on).
std::string identity(const ChapterInfo& info, const Options& options) {
  TextStream text;
  text << info.name << (options.full ? " --full" : " --quick") << " --seed=" << options.seed
       << " --dtype=" << options.dtype << " --device=" << options.device
       << " provider=" << provider(options.device);
  for (const ChapterOption& extra : info.extra)
    if (extra.cells_depend)
      std::visit(
          [&]<class T>(const T* value) {
            text << ' ' << extra.name << '=';
            if constexpr (std::is_same_v<T, double>)
              text << format_number(*value);
            else
              text << *value;
          },
          extra.value);
  return text.str();
}

// Reads the command line into `options`. Returns false if the reader asked for help, which is then
// printed.
bool parse(int argc, const char* const* argv, const ChapterInfo& info, Options& options) {
  CLI::App app(info.question + "\nTime on two cores: " + info.quick_time + " quick, " +
                   info.full_time + " full.",
               info.name);
  bool quick = false;
  std::string dtype = to_string(options.dtype);
  std::string device = to_string(options.device);
  app.add_flag("--quick", quick, "small and fast (the default)");
  app.add_flag("--full", options.full, "the size that the book's figures have");
  app.add_option("--seed", options.seed, "start of every random stream")
      ->check([](const std::string& text) {  // CLI11 would let -1 and 2^64 wrap around
        std::uint64_t seed = 0;
        return read_number(text, seed) ? std::string()
                                       : text + " is none; a seed is a whole number below 2^64";
      })
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--dtype", dtype, "precision of the numbers")
      ->check(CLI::IsMember({"f32", "f64"}).description(""))
      ->type_name("f32|f64")
      ->capture_default_str();
  app.add_option("--device", device, "where to compute")
      ->check(CLI::IsMember({"cpu", "cuda"}).description(""))
      ->type_name("cpu|cuda")
      ->capture_default_str();
  app.add_option("--threads", options.threads, "worker threads (default: all)")
      ->check(CLI::Range(1, 1024).description(""))
      ->type_name("N");
  app.add_option("--out", options.out, "folder for results and figures")
      ->type_name("DIR")
      ->capture_default_str();
  if (info.takes_data)
    app.add_option("--data", options.data, "data set to use instead of the default one")
        ->type_name("PATH");
  std::optional<std::string> shard;
  if (info.sweeps) add_sweep_options(app, options, shard);
  for (const ChapterOption& extra : info.extra)
    std::visit(
        [&]<class T>(T* value) {
          if constexpr (std::is_same_v<T, bool>)
            app.add_flag(extra.name, *value, extra.help);
          else
            app.add_option(extra.name, *value, extra.help)->capture_default_str();
        },
        extra.value);

  if (!parse_command_line(app, argc, argv)) return false;
  check(!(quick && options.full), "--quick and --full exclude each other");
  check(!shard || !options.merge, "--shard and --merge exclude each other");
  if (shard) read_shard(*shard, options);
  options.dtype = dtype == "f32" ? DType::f32 : DType::f64;
  options.device = device == "cpu" ? Device::cpu : Device::cuda;
  check(is_utf8(options.command), "the command line is not UTF-8, which summary.json needs; ",
        "choose other names");
  options.identity = identity(info, options);
  return true;
}

// Finds out before the work, not after it, that its results could not be kept.
void prepare_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    fail("cannot make the folder ", folder.string(), ": ", error.message(),
         "; choose another one with --out");
  const std::filesystem::space_info space = std::filesystem::space(folder, error);
  constexpr std::uintmax_t needed = 8 << 20;
  if (!error && space.capacity > 0 && space.available < needed)
    fail("only ", space.available >> 10, " KiB are free in ", folder.string(),
         "; free 8 MiB or choose another folder with --out");
  remove_stale(folder);
  const std::filesystem::path probe = temporary_name(folder / "write-test");
  write_atomically(probe, "");
  std::filesystem::remove(probe, error);
}

int run(int argc, const char* const* argv, const ChapterInfo& info,
        const std::function<void(const Options&)>& body) {
  Options options = info.defaults;
  options.start = std::chrono::steady_clock::now();
  options.chapter = info.name;
  options.command = command_line(argc, argv);
  options.takes_data = info.takes_data;
  options.out = std::filesystem::path("build/results") / short_name(info);
  if (!parse(argc, argv, info, options)) return 0;

  set_default_device(options.device);
  if (options.threads > 0) set_threads(options.threads);
  options.threads = threads();
  if (options.jobs == 0) options.jobs = options.threads;
  TextStream announcement;
  announcement << info.name << ": " << info.question << '\n'
               << (options.full ? "full, about " + info.full_time
                                : "quick, about " + info.quick_time)
               << "; device " << options.device << " (" << provider(options.device) << "), "
               << options.threads << (options.threads == 1 ? " thread, " : " threads, ")
               << options.dtype << ", seed " << options.seed << "; results go to "
               << options.out.string();
  std::cerr << announcement.str() << std::endl;
  prepare_folder(options.out);

  body(options);
  if (options.shards > 1) {
    TextStream message;
    message << "shard " << options.shard << " of " << options.shards
            << " is done; after all of them, --merge puts the results together";
    throw Finished{message.str(), 0};
  }
  write_run_record(options, info);
  check_output();
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - options.start;
  std::cerr << short_name(info) << ": finished in " << duration(elapsed.count())
            << "; results are in " << options.out.string() << std::endl;
  return 0;
}

}  // namespace

void check_memory(const Options& options, double bytes, const std::string& what) {
  const double all =
      static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGE_SIZE));
  constexpr double gib = 1 << 30;
  check(options.device != Device::cpu || bytes <= all, what, " would need at least ",
        std::ceil(bytes / gib), " GiB of memory, and this computer has ", std::floor(all / gib));
}

int run_experiment(int argc, const char* const* argv, const ChapterInfo& info,
                   const std::function<void(const Options&)>& body) {
  return run_guarded(short_name(info), [&] { return run(argc, argv, info, body); });
}

}  // namespace gradus
