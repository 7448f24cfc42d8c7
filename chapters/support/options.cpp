#include "chapters/support/options.h"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <locale>
#include <new>
#include <string_view>
#include <system_error>

#include "autodiff/check.h"
#include "autodiff/threads.h"
#include "chapters/support/progress.h"
#include "chapters/support/results.h"

namespace gradus {
namespace {

// "ch01" of "ch01_chain_rule".
std::string short_name(const ChapterInfo& info) {
  return info.name.substr(0, info.name.find('_'));
}

// The command line as a shell would take it, without the folder of the program.
std::string command_line(int argc, const char* const* argv) {
  std::string command = std::filesystem::path(argv[0]).filename();
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    const bool plain = !word.empty() &&
                       word.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
                           "XYZ0123456789-_=./,:+@%") == std::string::npos;
    if (!plain) {
      for (std::size_t at = 0;
           (at = word.find('\'', at)) != std::string::npos; at += 4)
        word.replace(at, 1, "'\\''");
      word = '\'' + word + '\'';
    }
    command += ' ' + word;
  }
  return command;
}

// The options of programs with a sweep; `shard` is the text of --shard.
void add_sweep_options(CLI::App& app, Options& options, std::string& shard) {
  app.add_option("--jobs", options.jobs,
                 "cells at the same time (default: as many as --threads)")
      ->check(CLI::Range(1, 1024).description(""))
      ->type_name("N");
  app.add_option("--shard", shard,
                 "compute only part I of N of the cells, I from 0")
      ->type_name("I/N");
  app.add_flag("--merge", options.merge,
               "compute no cells; put the finished ones together");
  app.add_flag("--reuse", options.reuse,
               "take also cells that another build has finished");
}

// "2/8" into shard 2 of 8.
void read_shard(const std::string& text, Options& options) {
  int used = 0;
  const int found = std::sscanf(text.c_str(), "%d/%d%n", &options.shard,
                                &options.shards, &used);
  check(found == 2 && used == static_cast<int>(text.size()) &&
            options.shard >= 0 && options.shard < options.shards,
        "--shard ", text,
        " is none; I/N with 0 <= I < N is expected, such as 0/8");
}

// What results depend on besides the code. Threads are no part of it, nor is where results go.
std::string identity(const ChapterInfo& info, const Options& options) {
  TextStream text;
  text << info.name << (options.full ? " --full" : " --quick")
       << " --seed=" << options.seed << " --dtype=" << options.dtype
       << " --device=" << options.device
       << " provider=" << provider(options.device)
       << " --data=" << options.data;
  for (const ChapterOption& extra : info.extra)
    std::visit(
        [&](const auto* value) {
          text << ' ' << extra.name << '=' << *value;
        },
        extra.value);
  return text.str();
}

// printf and std::cout say nothing of a disk that was full.
void check_output() {
  const bool good = bool(std::cout.flush()) && std::fflush(stdout) == 0 &&
                    std::ferror(stdout) == 0;
  check(good, "cannot write to the standard output; is its disk full?");
}

// Reads the command line into `options`. Returns false if the reader asked for help, which is then
// printed.
bool parse(int argc, const char* const* argv, const ChapterInfo& info,
           Options& options) {
  CLI::App app(info.question + "\nTime on two cores: " + info.quick_time +
                   " quick, " + info.full_time + " full.",
               info.name);
  bool quick = false;
  std::string dtype = to_string(options.dtype);
  std::string device = to_string(options.device);
  app.add_flag("--quick", quick, "small and fast (the default)");
  app.add_flag("--full", options.full,
               "the size that the book's figures have");
  app.add_option("--seed", options.seed, "start of every random stream")
      ->check([](const std::string&
                     text) {  // CLI11 would take -1 for the largest seed
        return text.starts_with("-") ? std::string("a seed is at least 0")
                                     : std::string();
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
  app.add_option("--threads", options.threads,
                 "worker threads (default: all)")
      ->check(CLI::Range(1, 1024).description(""))
      ->type_name("N");
  app.add_option("--out", options.out, "folder for results and figures")
      ->type_name("DIR")
      ->capture_default_str();
  app.add_flag("--check", options.check,
               "exit with 1 if a claim of the chapter fails");
  if (info.takes_data)
    app.add_option("--data", options.data,
                   "data set to use instead of the default one")
        ->type_name("PATH");
  std::string shard;
  if (info.sweeps) add_sweep_options(app, options, shard);
  for (const ChapterOption& extra : info.extra)
    std::visit(
        [&]<class T>(T* value) {
          if constexpr (std::is_same_v<T, bool>)
            app.add_flag(extra.name, *value, extra.help);
          else
            app.add_option(extra.name, *value, extra.help)
                ->capture_default_str();
        },
        extra.value);

  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    check_output();
    return false;
  } catch (const CLI::ExtrasError&) {
    fail("there is no option ", app.remaining().front(),
         "; --help lists them");
  } catch (const CLI::ParseError& error) {
    fail(error.what(), "; --help lists the options");
  }
  check(!(quick && options.full), "--quick and --full exclude each other");
  check(shard.empty() || !options.merge,
        "--shard and --merge exclude each other");
  if (!shard.empty()) read_shard(shard, options);
  options.dtype = dtype == "f32" ? DType::f32 : DType::f64;
  options.device = device == "cpu" ? Device::cpu : Device::cuda;
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
  const std::filesystem::space_info space =
      std::filesystem::space(folder, error);
  constexpr std::uintmax_t needed = 8 << 20;
  if (!error && space.capacity > 0 && space.available < needed)
    fail("only ", space.available >> 10, " KiB are free in ", folder.string(),
         "; free 8 MiB or choose another folder with --out");
  const std::filesystem::path probe = folder / "write-test";
  write_atomically(probe, "");
  std::filesystem::remove(probe, error);
}

int run(int argc, const char* const* argv, const ChapterInfo& info,
        const std::function<int(const Options&)>& body) {
  Options options = info.defaults;
  options.start = std::chrono::steady_clock::now();
  options.chapter = info.name;
  options.command = command_line(argc, argv);
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
               << "; device " << options.device << " ("
               << provider(options.device) << "), " << options.threads
               << (options.threads == 1 ? " thread, " : " threads, ")
               << options.dtype << ", seed " << options.seed
               << "; results go to " << options.out.string();
  std::cerr << announcement.str() << std::endl;
  prepare_folder(options.out);

  int code = 0;
  std::string end;
  try {
    code = body(options);
    const std::chrono::duration<double> elapsed =
        std::chrono::steady_clock::now() - options.start;
    end = "finished in " + duration(elapsed.count()) + "; results are in " +
          options.out.string();
  } catch (const Finished& finished) {
    code = finished.exit_code;
    end = finished.message;
  }
  check_output();
  std::cerr << short_name(info) << ": " << end << std::endl;
  return code;
}

}  // namespace

int run_chapter(int argc, const char* const* argv, const ChapterInfo& info,
                const std::function<int(const Options&)>& body) {
  std::setvbuf(stdout, nullptr, _IOLBF,
               0);  // a line at a time, into a pipe as on a terminal
  std::locale::global(std::locale::classic());  // a point in every number
  std::string message;
  try {
    return run(argc, argv, info, body);
  } catch (const std::bad_alloc&) {
    message =
        "out of memory; close other programs, run the quick size or use "
        "fewer --threads";
  } catch (const std::exception& error) {
    message = error.what();
  }
  std::cout.flush();
  std::cerr << short_name(info) << ": error: " << message << std::endl;
  return 2;
}

}  // namespace gradus
