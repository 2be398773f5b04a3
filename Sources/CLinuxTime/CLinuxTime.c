#include "CLinuxTime.h"

#include <stddef.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <time.h>

int clinuxtime_wall_timer(void) {
    return timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
}

int clinuxtime_pause_timer(void) {
    return timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
}

static int arm(int timer, int flags, int64_t seconds, int32_t nanoseconds) {
    struct itimerspec expiry = {
        .it_value = { .tv_sec = seconds, .tv_nsec = nanoseconds },
    };
    return timerfd_settime(timer, flags, &expiry, NULL);
}

int clinuxtime_arm_wall_timer(int timer, int64_t seconds, int32_t nanoseconds) {
    return arm(timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, seconds, nanoseconds);
}

int clinuxtime_arm_pause_timer(int timer, int64_t seconds, int32_t nanoseconds) {
    return arm(timer, 0, seconds, nanoseconds);
}

int clinuxtime_event_counter(void) {
    return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}

int clinuxtime_signal(int counter) {
    return eventfd_write(counter, 1);
}
