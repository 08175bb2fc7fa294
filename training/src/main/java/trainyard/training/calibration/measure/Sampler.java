package trainyard.training.calibration.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.rng.sampling.ListSampler;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;
import trainyard.training.calibration.measure.CalibrationDevice.Running;
import trainyard.training.calibration.measure.CalibrationDevice.Session;

/**
 * Measures all work in rounds, each in an order of its own, so that a while in which the machine is slow strikes no piece of
 * work in all of its samples. A visit warms up, then times repetitions one by one.
 */
public final class Sampler {

    private static final int WARM_UPS = 3;
    private static final int FEWEST = 2;
    private static final int MOST = 12;

    /** Shorter work is repeated within one sample, so that reading the clocks does not count. */
    private static final long LEAST_SAMPLE_NANOS = 200_000L;

    private static final int MOST_WITHIN = 1000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Session session;
    private final SampleLog log;
    private final double visitSeconds;
    private final Stopper stopper;
    private final Runnable visited;

    /**
     * @param visitSeconds of repetitions in a visit
     * @param visited is told after each visit
     */
    public Sampler(Session session, SampleLog log, double visitSeconds, Stopper stopper, Runnable visited) {
        this.session = session;
        this.log = log;
        this.visitSeconds = visitSeconds;
        this.stopper = stopper;
        this.visited = visited;
    }

    /**
     * Measures what the log lacks of a round.
     *
     * @return whether the round is complete; else there was no time left
     * @throws IOException if the log cannot be written
     */
    public boolean round(List<Work> work, int round) throws IOException {
        List<Work> order = new ArrayList<>(work);
        ListSampler.shuffle(new RandomStreams(1, round).stream("order of work"), order);
        for (Work piece : order) {
            if (!log.has(piece.suite(), piece.name(), round)) {
                if (stopper.isOver()) {
                    return false;
                }
                List<Sample> samples = visit(piece, round);
                if (samples.size() < FEWEST) {
                    return false;
                }
                log.add(samples);
            }
            visited.run();
        }
        return true;
    }

    /** Runs each piece of work for so many seconds, unmeasured: a process that has just started is slow until its code is compiled. */
    public void warmUp(List<Work> work, double seconds) {
        for (Work piece : work) {
            try (Running running = session.start(piece)) {
                long begin = System.nanoTime();
                while (!stopper.isOver() && System.nanoTime() - begin < seconds * SimTime.NANOS_PER_SECOND) {
                    running.repeat();
                }
            }
        }
    }

    private List<Sample> visit(Work work, int round) {
        List<Sample> samples = new ArrayList<>();
        try (Running running = session.start(work)) {
            for (int i = 0; i < WARM_UPS && !stopper.isAsked(); i++) {
                running.repeat();
            }
            int within = within(running);
            long begin = System.nanoTime();
            while (!stopper.isAsked()
                    && samples.size() < MOST
                    && (samples.size() < FEWEST
                            || System.nanoTime() - begin < visitSeconds * SimTime.NANOS_PER_SECOND)) {
                samples.add(sample(running, within, work, round));
            }
        }
        return samples;
    }

    private static int within(Running running) {
        long before = System.nanoTime();
        running.repeat();
        long once = Math.max(1, System.nanoTime() - before);
        return (int) Math.max(1, Math.min(MOST_WITHIN, LEAST_SAMPLE_NANOS / once));
    }

    private Sample sample(Running running, int within, Work work, int round) {
        long coreBefore = THREADS.getCurrentThreadCpuTime();
        long before = System.nanoTime();
        for (int i = 0; i < within; i++) {
            running.repeat();
        }
        double seconds = (System.nanoTime() - before) / 1e9 / within;
        double core = (THREADS.getCurrentThreadCpuTime() - coreBefore) / 1e9 / within;
        return new Sample(
                log.setting(),
                work.suite(),
                work.name(),
                round,
                work instanceof Work.Copy copy ? 2.0 * copy.bytes() : 0,
                seconds,
                session.worksOnCallingThread() ? OptionalDouble.of(core) : OptionalDouble.empty(),
                load(),
                now());
    }

    /** Processes that wanted a core in the last minute; -1 where the system does not tell. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** The time of day, to the second. */
    public static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
