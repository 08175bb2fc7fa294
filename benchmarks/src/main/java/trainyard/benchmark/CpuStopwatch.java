package trainyard.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Takes the CPU time of the present thread between two counts of events, from inside the event handlers, so that the
 * start and the end of an engine's run do not count.
 */
final class CpuStopwatch {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long first;
    private final long last;
    private long count;
    private long startNanos;
    private long cpuNanos;

    /**
     * A stopwatch for one run.
     *
     * @param warmUp events before it starts, 1 or more
     * @param events events that it takes the time of
     */
    CpuStopwatch(long warmUp, long events) {
        this.first = warmUp;
        this.last = warmUp + events;
    }

    /** Counts an event. Returns whether the run goes on. */
    boolean tick() {
        long now = ++count;
        if (now == first) {
            startNanos = THREADS.getCurrentThreadCpuTime();
        } else if (now == last) {
            cpuNanos = THREADS.getCurrentThreadCpuTime() - startNanos;
        }
        return now < last;
    }

    /** CPU time of the events counted, once the run is over. */
    long cpuNanos() {
        return cpuNanos;
    }
}
