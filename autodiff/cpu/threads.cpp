#include "autodiff/threads.h"

#include <pthread.h>

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

int processors() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

// The workers of one calling thread. Parts of a job are claimed one by one, so whoever is awake
// does the work. A ticket holds the job's number and the next free part; a worker that comes late
// sees another job's number and claims nothing.
class Team {
 public:
  // Under a limit on processes or memory not all threads start. Half of those that did then make the
  // team, since what they compute needs memory too, and no more than there are processors.
  explicit Team(int workers) : wanted_(workers) {
    while (!start(workers)) {
      workers = std::min(static_cast<int>(threads_.size()) / 2, processors() - 1);
      stop();
    }
  }
  ~Team() { stop(); }
  /// How many workers were asked for.
  int wanted() const { return wanted_; }

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

  // False where the system starts no more threads.
  bool start(int workers) {
    job_.store(0);
    try {
      threads_.reserve(static_cast<std::size_t>(workers));
      for (int i = 0; i < workers; ++i) threads_.emplace_back([this] { work(); });
    } catch (const std::exception&) {
      return false;
    }
    return true;
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      job_.store(closing);
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

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

  const int wanted_;
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

// A team belongs to its process too: the child of a fork has the calling thread alone, so the copy
// of its team can be neither used nor joined. It is left as it is, in reach of leak checkers.
thread_local Team* team_of_parent = nullptr;
void leave_team_of_parent() {
  if (!team_gone && mine.team) team_of_parent = mine.team.release();
}

Team& team_of_this_thread(int workers) {
  [[maybe_unused]] static const int registered =
      pthread_atfork(nullptr, nullptr, leave_team_of_parent);
  if (!mine.team || mine.team->wanted() != workers) {
    mine.team.reset();  // before others start
    mine.team = std::make_unique<Team>(workers);
  }
  return *mine.team;
}

thread_local int thread_count = 0;  // 0: not set

}  // namespace

void set_threads(int count) {
  check(count >= 1, "[set_threads] ", count, " threads: at least 1 is needed");
  thread_count = count;
}

int threads() {
  if (thread_count == 0) thread_count = processors();
  return thread_count;
}

void run_parts(int parts, const std::function<void(int)>& part) {
  if (team_gone || threads() == 1) {
    for (int i = 0; i < parts; ++i) part(i);
    return;
  }
  team_of_this_thread(threads() - 1).run(parts, part);
}

}  // namespace gradus
