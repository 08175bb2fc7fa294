package trainyard.faults.life;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.faults.checkpoint.CheckpointLevel;
import trainyard.faults.checkpoint.CheckpointPlan;
import trainyard.faults.checkpoint.OnSignal;
import trainyard.faults.detect.CollectiveTimeout.SlowOperations;
import trainyard.faults.detect.Detector;
import trainyard.faults.detect.StatedDetector;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.life.job.Supervision;
import trainyard.faults.recovery.RecoveryTimes;
import trainyard.faults.recovery.ReplaceLost;
import trainyard.faults.recovery.StepTimes;
import trainyard.faults.retry.RestartBudget;
import trainyard.faults.retry.RestartPolicy;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

/** A job of one node and a snapshot each 100 s, its faults, and who notices them and starts it again. */
final class SupervisedJob {

    static final Provenance MADE_UP = new Provenance(Provenance.Kind.ASSUMED, "a test", "");
    static final long SECOND = 1_000_000_000L;
    static final Optional<SlowOperations> NEVER_SLOW = Optional.empty();
    static final StatedDetector STATED = new StatedDetector(new Fixed(30), new Fixed(600));

    private SupervisedJob() {}

    static FaultCause cause(String name, Visibility visibility, Damage damage, Distribution law) {
        return new FaultCause(name, Scope.NODE, law, visibility, damage, new Fixed(1e6), MADE_UP);
    }

    static LongJob job(Supervision supervision) {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 0, 0, Damage.NODE);
        return new LongJob(
                        1,
                        Long.MAX_VALUE,
                        StepTimes.constant(SECOND),
                        new CheckpointPlan(100, List.of(storage)),
                        new ReplaceLost(),
                        RecoveryTimes.fixed(30, 60))
                .with(supervision);
    }

    static LifeOutcome live(Supervision supervision, int spares, long seconds, FaultCause... causes) {
        return new LifeSimulation(
                        job(supervision), new ClusterShape(1 + spares, 8, 8), List.of(causes), 1, seconds * SECOND)
                .run(new RandomStreams(3, 0));
    }

    static Supervision noticing(Detector detector) {
        return new Supervision(detector, RestartPolicy.ALWAYS);
    }

    static Supervision restarting(RestartPolicy rules) {
        return new Supervision(STATED, rules);
    }

    static RestartPolicy limited(RestartBudget budget) {
        return new RestartPolicy(budget, Set.of(), Optional.empty(), Optional.empty());
    }

    /** The same job with a time limit of 5,000 s. */
    static LongJob limited(LongJob job, long noticeSeconds) {
        return new LongJob(
                job.layout(),
                job.batch(),
                job.steps(),
                job.stepTimes(),
                job.checkpoints().with(new OnSignal(5000 * SECOND, noticeSeconds * SECOND, true)),
                job.recovery(),
                job.times(),
                job.supervision());
    }
}
