package trainyard.scheduler.workload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;

/**
 * Population-based training (Jaderberg et al., arXiv 1711.09846, 2017) with truncation selection: after each step a member that is among
 * the worst fifth by the loss that each has shown last copies a random one of the best fifth, and multiplies its hyper-parameter
 * by 0.8 or 1.2. Members do not wait for each other. Each step of a member is a job of its own, {@code id/trial3/step1}, which waits
 * for the one before.
 *
 * <p>One standard deviation of the hyper-parameters at the beginning is <em>assumed</em> to be a factor of ten.
 *
 * @param id of the search
 * @param team whose it is
 * @param submitNanos when all members come
 * @param members how many, at least 1
 * @param gpus of each, at least 1
 * @param steps how many, at least 1
 * @param stepNanos training in a step, at least 1
 * @param traits what else is said of each job
 */
public record PopulationTraining(
        String id, String team, long submitNanos, int members, int gpus, int steps, long stepNanos, JobTraits traits)
        implements Tuning {

    private static final double TRUNCATED = 0.2;
    private static final double LESS = Math.log(0.8) / Math.log(10);
    private static final double MORE = Math.log(1.2) / Math.log(10);

    public PopulationTraining {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(team, "team");
        Objects.requireNonNull(traits, "traits");
        if (members < 1 || steps < 1 || stepNanos < 1) {
            throw new IllegalArgumentException("population " + id + " needs members and steps, got " + members
                    + " members, " + steps + " steps of " + stepNanos + " ns");
        }
    }

    @Override
    public List<ClusterJob> jobs() {
        List<ClusterJob> jobs = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            for (int member = 0; member < members; member++) {
                List<String> before = step == 0 ? List.of() : List.of(name(member, step - 1));
                jobs.add(new ClusterJob(
                        name(member, step), team, submitNanos, gpus, stepNanos, stepNanos, traits.withAfter(before)));
            }
        }
        return jobs;
    }

    private String name(int member, int step) {
        return id + "/trial" + member + "/step" + step;
    }

    @Override
    public long fullGpuNanos() {
        return Math.multiplyExact(Math.multiplyExact(stepNanos, (long) gpus), (long) members * steps);
    }

    @Override
    public Optional<JobReleases.Rule> rule(LearningCurves curves) {
        return Optional.empty();
    }

    @Override
    public TuningProgress progress(LearningCurves curves, Map<String, Long> endNanos) {
        Learner[] learners = IntStream.range(0, members).mapToObj(curves::begin).toArray(Learner[]::new);
        double[] shown =
                IntStream.range(0, members).mapToDouble(i -> Double.NaN).toArray();
        TuningProgress.Log log = new TuningProgress.Log();
        for (TrialStage end : TrialStage.done(steps, members, this::name, endNanos)) {
            int member = end.trial();
            learners[member] = curves.trained(learners[member], stepNanos);
            shown[member] = curves.shown(learners[member], member, end.stage());
            log.ended(end.nanos(), (double) stepNanos * gpus, shown[member], learners[member].loss());
            exploit(member, learners, shown, curves.choices(member, end.stage()));
        }
        return log.progress();
    }

    private static void exploit(int member, Learner[] learners, double[] shown, UniformRandomProvider random) {
        List<Integer> bestFirst = IntStream.range(0, shown.length)
                .filter(other -> !Double.isNaN(shown[other]))
                .boxed()
                .sorted(Comparator.comparingDouble(other -> shown[other]))
                .toList();
        int fifth = (int) (TRUNCATED * bestFirst.size());
        if (bestFirst.indexOf(member) >= bestFirst.size() - fifth) {
            Learner copied = learners[bestFirst.get(random.nextInt(fifth))];
            learners[member] = copied.with(copied.offset() + (random.nextBoolean() ? LESS : MORE));
        }
    }
}
