/// Linux's timers and event counters, which Swift's Glibc module leaves out.
#ifndef CLINUXTIME_H
#define CLINUXTIME_H

#include <stdint.h>

/// Opens a timer on CLOCK_REALTIME (timerfd_create(2)), non-blocking and close-on-exec; -1 and errno on failure.
int clinuxtime_wall_timer(void);

/// Opens a timer on CLOCK_MONOTONIC, non-blocking and close-on-exec; -1 and errno on failure.
int clinuxtime_pause_timer(void);

/// Arms a wall timer at that time since 1970, to be cancelled when the clock is set
/// (TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET); a past time expires at once. 0, or -1 and errno.
int clinuxtime_arm_wall_timer(int timer, int64_t seconds, int32_t nanoseconds);

/// Arms a pause timer to expire once, that long from now; not both zero. 0, or -1 and errno.
int clinuxtime_arm_pause_timer(int timer, int64_t seconds, int32_t nanoseconds);

/// Opens an event counter (eventfd(2)), non-blocking and close-on-exec; -1 and errno on failure.
int clinuxtime_event_counter(void);

/// Adds one to an event counter, which makes it readable. 0, or -1 and errno.
int clinuxtime_signal(int counter);

#endif
