package trainyard.faults.life.work;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.faults.cause.Fault;
import trainyard.faults.cause.MarkStream;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.SnapshotVerification;
import trainyard.sim.engine.SimTime;

/**
 * Whether the state of a job is wrong, since which step, and when somebody finds out: a check before a snapshot, which finds
 * it with a certain recall, or whatever else notices it after a time, whichever is first.
 */
public final class SilentErrors {

    private static final long RIGHT = -1;

    private final CheckpointPlan plan;
    private long firstWrongStep = RIGHT;
    /** Least steps of a snapshot that the job has written since it last began from step 0. */
    private long firstSavedSteps = Long.MAX_VALUE;

    private Optional<Fault> fault = Optional.empty();
    private long noticedNanos;
    private UniformRandomProvider draws = MarkStream.LOOKS.of(0);
    /** Whether it was found and no other state is loaded yet. */
    private boolean known;

    private int struck;
    private int found;
    private int unrecoverable;
    private long deepestSteps;

    SilentErrors(CheckpointPlan plan) {
        this.plan = plan;
    }

    /**
     * A fault makes the state wrong; one that is wrong already stays so.
     *
     * @param steps steps done with a right state
     */
    void strike(long nowNanos, Fault silent, long steps) {
        struck++;
        if (!isWrong()) {
            firstWrongStep = steps;
            fault = Optional.of(silent);
            draws = MarkStream.LOOKS.of(silent.mark());
            double seconds = plan.corruption().notice().sampler(draws).sample();
            double noticed = nowNanos + seconds * SimTime.NANOS_PER_SECOND;
            noticedNanos = noticed < Long.MAX_VALUE / 2.0 ? (long) noticed : Long.MAX_VALUE;
        }
    }

    /** A snapshot of the job is written. */
    void saved(long steps) {
        if (steps > 0) {
            firstSavedSteps = Math.min(firstSavedSteps, steps);
        }
    }

    boolean isWrong() {
        return firstWrongStep != RIGHT;
    }

    /** When somebody looks at the state next, not before now; empty where nobody does. */
    OptionalLong nextLook(long nowNanos, Run run) {
        long notice = Math.max(nowNanos, noticedNanos);
        OptionalLong check = run.clock().nextCheck(nowNanos - run.startNanos());
        long look = Math.min(notice, check.isPresent() ? run.startNanos() + check.getAsLong() : Long.MAX_VALUE);
        return look == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(look);
    }

    /** Whether a look at the state finds that it is wrong. */
    boolean isFound(long nowNanos) {
        double recall = plan.verification().map(SnapshotVerification::recall).orElse(0.0);
        return nowNanos >= noticedNanos || draws.nextDouble() < recall;
    }

    /** It is found. Returns the fault that made it wrong. */
    public Fault find() {
        found++;
        known = true;
        return fault.orElseThrow();
    }

    /** Whether it was found and no other state is loaded yet. */
    public boolean isKnown() {
        return known;
    }

    /** The last step count up to which the state was right. */
    long lastRightSteps() {
        return firstWrongStep;
    }

    /**
     * The job goes on from a snapshot, which is right if it was taken before the error; once the error is known, only a right
     * one is looked for.
     *
     * @param from steps done before
     * @param steps steps of the snapshot
     */
    void restored(long from, long steps) {
        boolean wasKnown = known;
        known = false;
        if (isWrong() && steps <= firstWrongStep) {
            if (wasKnown) {
                deepestSteps = Math.max(deepestSteps, from - steps);
                unrecoverable += isUnrecoverable(steps) ? 1 : 0;
            }
            firstWrongStep = RIGHT;
            fault = Optional.empty();
        }
        if (steps == 0) {
            // What was written before is gone, whatever destroyed it.
            firstSavedSteps = Long.MAX_VALUE;
        }
    }

    /** Whether nothing but the very start is left, although right snapshots had been written. */
    boolean isUnrecoverable(long steps) {
        return steps == 0 && firstSavedSteps <= firstWrongStep;
    }

    /** Errors that made a state wrong, or struck one that was. */
    public int struck() {
        return struck;
    }

    /** Errors that were found. */
    public int found() {
        return found;
    }

    /** Errors that were found when no right snapshot was left. */
    public int unrecoverable() {
        return unrecoverable;
    }

    /** Most steps that one rollback behind an error took. */
    public long deepestSteps() {
        return deepestSteps;
    }

    /** Whether the state is wrong and nobody knows. */
    public boolean isWrongAtEnd() {
        return isWrong();
    }
}
