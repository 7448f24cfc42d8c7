#include "autodiff/threads.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "autodiff/check.h"
#include "autodiff/cpu/parallel.h"

namespace gradus {
namespace {

// How often a worker looks for the next job before it sleeps: some tens of microseconds, about the
// time between two ops of a training step. Waking a sleeping thread costs as much.
constexpr int looks = 2000;

inline void pause_briefly() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

// The workers of one calling thread. Parts of a job are claimed one by one, so whoever is awake
// does the work. A ticket holds the job's number and the next free part; a worker that comes late
// sees another job's number and claims nothing.
class Team {
 public:
  explicit Team(int workers) {
    for (int i = 0; i < workers; ++i) threads_.emplace_back([this] { work(); });
  }
  ~Team() {
    {
      const std::lock_guard lock(mutex_);
      job_.store(closing);
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  int workers() const { return static_cast<int>(threads_.size()); }

  void run(int parts, const std::function<void(int)>& part) {
    error_ = nullptr;
    finished_.store(0);
    std::uint32_t job;
    {
      const std::lock_guard lock(mutex_);
      job = job_.load() + 1 == closing ? 1 : job_.load() + 1;
      parts_ = parts;
      part_ = &part;
      ticket_.store(std::uint64_t{job} << 32);
      job_.store(job);
    }
    if (sleeping_.load() > 0) wake_.notify_all();
    claim(job, parts, &part);
    for (int look = 0; finished_.load() < parts; ++look) {
      if (look < looks)
        pause_briefly();
      else
        std::this_thread::yield();
    }
    if (error_) std::rethrow_exception(error_);
  }

 private:
  static constexpr std::uint32_t closing = ~std::uint32_t{0};

  void claim(std::uint32_t job, int parts, const std::function<void(int)>* part) {
    std::uint64_t ticket = ticket_.load();
    while (ticket >> 32 == job && static_cast<int>(ticket & 0xffffffff) < parts) {
      if (!ticket_.compare_exchange_weak(ticket, ticket + 1)) continue;
      try {
        (*part)(static_cast<int>(ticket & 0xffffffff));
      } catch (...) {
        const std::lock_guard lock(mutex_);
        error_ = std::current_exception();
      }
      finished_.fetch_add(1);
      ticket = ticket_.load();
    }
  }

  void work() {
    set_threads(1);
    std::uint32_t seen = 0;
    while (true) {
      for (int look = 0; look < looks && job_.load() == seen; ++look) pause_briefly();
      int parts;
      const std::function<void(int)>* part;
      {
        std::unique_lock lock(mutex_);
        if (job_.load() == seen) {
          ++sleeping_;
          wake_.wait(lock, [&] { return job_.load() != seen; });
          --sleeping_;
        }
        seen = job_.load();
        parts = parts_;
        part = part_;
      }
      if (seen == closing) return;
      claim(seen, parts, part);
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<int> sleeping_{0};
  std::atomic<std::uint32_t> job_{0};  // number of the latest job
  int parts_ = 0;
  const std::function<void(int)>* part_ = nullptr;
  std::atomic<std::uint64_t> ticket_{0};
  std::atomic<int> finished_{0};
  std::exception_ptr error_;
  std::vector<std::thread> threads_;
};

// The team goes with its thread; ops in destructors that run even later do without.
thread_local bool team_gone = false;
struct TeamOfThread {
  std::unique_ptr<Team> team;
  ~TeamOfThread() { team_gone = true; }
};
thread_local TeamOfThread mine;

thread_local int thread_count = 0;  // 0: not set

}  // namespace

void set_threads(int count) {
  check(count >= 1, "[set_threads] ", count, " threads: at least 1 is needed");
  thread_count = count;
}

int threads() {
  if (thread_count == 0)
    thread_count = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  return thread_count;
}

void run_parts(int parts, const std::function<void(int)>& part) {
  if (team_gone || threads() == 1) {
    for (int i = 0; i < parts; ++i) part(i);
    return;
  }
  if (!mine.team || mine.team->workers() != threads() - 1)
    mine.team = std::make_unique<Team>(threads() - 1);
  mine.team->run(parts, part);
}

}  // namespace gradus
