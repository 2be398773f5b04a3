// libsystemd as Swift can import it; its variadic functions stay behind.
#include <systemd/sd-daemon.h>
#include <systemd/sd-id128.h>
#include <systemd/sd-journal.h>
