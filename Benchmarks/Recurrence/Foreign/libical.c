/* Measures libical's recurrence iterator on one rule.
 *
 * usage: libical DTSTART RRULE ZONE AFTER
 * prints JSON: nanoseconds for each occurrence on the wall clock (local) and with its instant in the zone (zoned), for the
 * first occurrence after AFTER by icalrecur_iterator_set_start (seek; 0 where libical can't) and by walking (step);
 * and the sums of what was found, to be compared with the others'. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Processor time, for others may be at work on the machine. */
static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static struct icalrecurrencetype rule;
static struct icaltimetype start, after;
static icaltimezone *zone;

struct found {
    long count;
    long long sum;
};

/* Whether what is found is to be summed up on the wall clock; that would cost time. */
static int checks;

static struct found walk(int limit, int lastYear, icaltimezone *in)
{
    struct found found = {0, 0};
    struct icaltimetype first = start;
    if (in)
        first.zone = in;
    icalrecur_iterator *iterator = icalrecur_iterator_new(rule, first);
    for (struct icaltimetype next = icalrecur_iterator_next(iterator);
         !icaltime_is_null_time(next) && found.count < limit && next.year < lastYear;
         next = icalrecur_iterator_next(iterator)) {
        found.count++;
        if (in)
            found.sum += icaltime_as_timet_with_zone(next, in);
        else if (checks)
            found.sum += icaltime_as_timet(next);
    }
    icalrecur_iterator_free(iterator);
    return found;
}

/* libical can begin elsewhere than at the start only where the rule has no COUNT. */
static struct found seek(int byStart)
{
    struct found found = {0, 0};
    icalrecur_iterator *iterator = icalrecur_iterator_new(rule, start);
    if (byStart && !icalrecur_iterator_set_start(iterator, after)) {
        icalrecur_iterator_free(iterator);
        return found;
    }
    for (struct icaltimetype next = icalrecur_iterator_next(iterator); !icaltime_is_null_time(next);
         next = icalrecur_iterator_next(iterator)) {
        if (icaltime_compare(next, after) <= 0)
            continue;
        found.count = 1;
        if (checks)
            found.sum = icaltime_as_timet(next);
        break;
    }
    icalrecur_iterator_free(iterator);
    return found;
}

static struct found local(void) { return walk(300, 2400, NULL); }
static struct found zoned(void) { return walk(300, 2037, zone); }
static struct found bySetStart(void) { return seek(1); }
static struct found byStepping(void) { return seek(0); }

/* The best of five rounds of a tenth of a second each. */
static void measure(const char *name, struct found (*work)(void), const char *end)
{
    double best = 0;
    checks = 1;
    struct found found = work();
    checks = 0;
    for (int round = 0; found.count && round < 5; round++) {
        double begin = now(), elapsed;
        long count = 0;
        do {
            count += work().count;
            elapsed = now() - begin;
        } while (elapsed < 1e8);
        if (best == 0 || elapsed / count < best)
            best = elapsed / count;
    }
    printf("\"%s\": {\"ns\": %.1f, \"sum\": %lld}%s", name, best, found.sum, end);
}

int main(int count, char **arguments)
{
    if (count != 5) {
        fprintf(stderr, "usage: libical DTSTART RRULE ZONE AFTER\n");
        return 2;
    }
    start = icaltime_from_string(arguments[1]);
    rule = icalrecurrencetype_from_string(arguments[2]);
    zone = icaltimezone_get_builtin_timezone(arguments[3]);
    after = icaltime_from_string(arguments[4]);
    putchar('{');
    measure("local", local, ", ");
    measure("zoned", zoned, ", ");
    measure("seek", bySetStart, ", ");
    measure("step", byStepping, "}\n");
    return 0;
}
