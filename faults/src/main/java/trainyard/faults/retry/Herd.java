package trainyard.faults.retry;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.random.RandomStreams;

/** One replication of a {@link HerdSimulation}. */
final class Herd {

    private static final int END_OF_SERVICE = 0;
    private static final int REQUEST = 1;

    private final HerdSimulation design;
    private final Simulation simulation = new Simulation();
    private final UniformRandomProvider waits;
    private final int requestHandler;
    private final int serviceHandler;
    private final double outageSeconds;
    private final int[] failures;
    private final Times served = new Times();
    private final Times gaveUp = new Times();
    private final Times arrivals = new Times();
    private int busy;

    Herd(HerdSimulation design, RandomStreams streams) {
        this.design = design;
        waits = streams.stream("herd/wait");
        outageSeconds =
                design.outageSeconds().sampler(streams.stream("herd/outage")).sample();
        requestHandler = simulation.register(this::request);
        serviceHandler = simulation.register(this::serve);
        failures = new int[design.clients()];
    }

    HerdOutcome run() {
        for (int client = 0; client < design.clients(); client++) {
            simulation.schedule(0, REQUEST, requestHandler, client);
        }
        simulation.run();
        return new HerdOutcome(outageSeconds, served.all(), gaveUp.all(), arrivals.all(), design.clients());
    }

    private void request(long nowNanos, int client) {
        double seconds = SimTime.seconds(nowNanos);
        arrivals.add(seconds);
        if (seconds >= outageSeconds && busy < design.slots()) {
            busy++;
            simulation.scheduleAfter(SimTime.nanos(design.serviceSeconds()), END_OF_SERVICE, serviceHandler, client);
            return;
        }
        int failure = failures[client]++;
        if (design.backoff().triesAgain(failure)) {
            long wait = SimTime.nanos(design.backoff().waitSeconds(failure, waits));
            simulation.scheduleAfter(wait, REQUEST, requestHandler, client);
        } else {
            gaveUp.add(seconds);
        }
    }

    private void serve(long nowNanos, int client) {
        busy--;
        served.add(SimTime.seconds(nowNanos));
    }

    /** A growing list of times. */
    private static final class Times {

        private double[] seconds = new double[64];
        private int count;

        void add(double time) {
            if (count == seconds.length) {
                seconds = Arrays.copyOf(seconds, 2 * count);
            }
            seconds[count++] = time;
        }

        double[] all() {
            return Arrays.copyOf(seconds, count);
        }
    }
}
