package trainyard.faults.coordination.election;

import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;

/** Who reaches whom, and how long a message takes. */
final class ControlNetwork {

    private final Controllers design;
    private final ContinuousSampler delay;
    private final boolean[] smaller;
    private final boolean[] bridge;
    private boolean isCut;
    private int slowMember = -1;
    private double addedSeconds;

    ControlNetwork(Controllers design, RandomStreams streams) {
        this.design = design;
        smaller = new boolean[design.members()];
        bridge = new boolean[design.members()];
        double mean = design.delay().meanSeconds();
        delay = design.delay().spread() == 0
                ? () -> mean
                : new LogNormal(mean, design.delay().spread()).sampler(streams.stream("election/delay"));
    }

    /** Cuts it; the smaller side begins with a member and goes on with those that follow it. */
    void cut(int first, int size, int bridges) {
        isCut = true;
        int n = design.members();
        for (int i = 0; i < n; i++) {
            int member = (first + i) % n;
            smaller[member] = i < size;
            bridge[member] = i >= n - bridges;
        }
    }

    void heal() {
        isCut = false;
    }

    boolean isCut() {
        return isCut;
    }

    void slow(int member, double seconds) {
        slowMember = member;
        addedSeconds = seconds;
    }

    boolean inSmaller(int member) {
        return smaller[member];
    }

    boolean reaches(int from, int to) {
        return !isCut || smaller[from] == smaller[to] || bridge[from] || bridge[to];
    }

    /** Time of a message that is sent now. */
    long delayNanos(int from, long nowNanos) {
        double seconds = delay.sample() + (from == slowMember ? addedSeconds : 0);
        double arrival = SimTime.seconds(nowNanos);
        if (design.delay().burstEverySeconds().isPresent()) {
            double every = design.delay().burstEverySeconds().getAsDouble();
            double phase = arrival % every;
            double start = every - design.delay().burstSeconds();
            seconds += phase >= start ? every - phase : 0;
        }
        return SimTime.nanos(seconds);
    }
}
