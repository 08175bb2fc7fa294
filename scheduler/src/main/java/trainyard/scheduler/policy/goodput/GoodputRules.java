package trainyard.scheduler.policy.goodput;

import java.util.Objects;
import trainyard.scheduler.goodput.TrainingProfiles;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

/**
 * What {@link GoodputRounds} are played with.
 *
 * @param roundNanos between two allocations, at least 1
 * @param power of the mean of speed-ups that is made as large as possible, at most 1; the less, the fairer
 * @param restartNanos delay of a restart that the policy reckons with, 0 or more
 * @param avoidsInterference whether at most one job of those on several nodes is on a node
 * @param explores whether a job has at most twice the GPUs that it had at most so far, and one at first
 * @param population allocations that a generation of the search has, at least 2
 * @param generations of the search, at least 1
 * @param profiles how jobs train; the others have the GPUs that they want or none
 * @param streams of the search
 */
public record GoodputRules(
        long roundNanos,
        double power,
        long restartNanos,
        boolean avoidsInterference,
        boolean explores,
        int population,
        int generations,
        TrainingProfiles profiles,
        RandomStreams streams) {

    /** As in Pollux and its simulator (petuum/adaptdl, branch osdi21-artifact). */
    public static final GoodputRules POLLUX = new GoodputRules(
            60 * SimTime.NANOS_PER_SECOND,
            -1,
            30 * SimTime.NANOS_PER_SECOND,
            true,
            true,
            100,
            100,
            TrainingProfiles.NONE,
            new RandomStreams(0, 0));

    public GoodputRules {
        Objects.requireNonNull(profiles, "profiles");
        Objects.requireNonNull(streams, "streams");
        if (roundNanos < 1 || restartNanos < 0 || population < 2 || generations < 1 || !(power <= 1)) {
            throw new IllegalArgumentException("no rounds of " + roundNanos + " ns with restarts of " + restartNanos
                    + " ns, a power of " + power + " and " + generations + " generations of " + population);
        }
    }

    /**
     * A search ends after so many generations in a row without a better matrix: a quarter of all. Where few GPUs are up there is little to find, and it is found
     * at once.
     */
    public int patience() {
        return (generations + 3) / 4;
    }

    /** The same with other jobs. */
    public GoodputRules with(TrainingProfiles other) {
        return new GoodputRules(
                roundNanos, power, restartNanos, avoidsInterference, explores, population, generations, other, streams);
    }

    /** The same with other randomness. */
    public GoodputRules with(RandomStreams other) {
        return new GoodputRules(
                roundNanos,
                power,
                restartNanos,
                avoidsInterference,
                explores,
                population,
                generations,
                profiles,
                other);
    }

    /** The same with another search. */
    public GoodputRules searching(int otherPopulation, int otherGenerations) {
        return new GoodputRules(
                roundNanos,
                power,
                restartNanos,
                avoidsInterference,
                explores,
                otherPopulation,
                otherGenerations,
                profiles,
                streams);
    }
}
