package trainyard.scheduler.policy.goodput;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.policy.SchedulingContext;

/**
 * Goodput-driven scheduling (Qiao et al., Pollux, OSDI 2021). In rounds all GPUs are allocated anew, node by node, by an
 * {@link AllocationSearch}; each job then trains with the batch that suits what it has. The speed-up of a job is its best goodput
 * there over that with an equal share of the cluster. One that would be stopped and started elsewhere counts
 * {@code (T - R d) / (T + d)} times that, with its age {@code T}, its restarts so far {@code R} and the delay {@code d} of one, so that jobs which moved
 * often are left alone.
 *
 * <p>What the search leaves free goes to jobs without GPUs, in the order of arrival, as few as they need; so after a round no job waits that could
 * run on free GPUs. Where the last search kept everything and nothing has changed since but the age of jobs, none is made, as {@link KeptAllocation} says. Jobs that may not be stopped keep what they have. Within a round nothing starts; where no job is present the next one begins
 * a round at once.
 */
public final class GoodputRounds extends AllocationRounds {

    private final GoodputRules rules;
    private final UniformRandomProvider random;
    /** The last population: what jobs had that had something. */
    private List<Map<TrainedJob, AllocationRow>> population = List.of();

    private final KeptAllocation kept = new KeptAllocation();

    public GoodputRounds(GoodputRules rules) {
        super(rules.profiles(), rules.roundNanos());
        this.rules = rules;
        random = rules.streams().stream("goodput-search");
    }

    @Override
    public String name() {
        return "goodput";
    }

    @Override
    protected AllocationRow[] allocated(SchedulingContext context, List<TrainedJob> movable) {
        KeptAllocation.Question question = question(context, movable);
        AllocationRow[] now = movable.stream().map(TrainedJob::now).toArray(AllocationRow[]::new);
        if (Arrays.stream(question.capacity()).noneMatch(gpus -> gpus > 0) || kept.answers(question)) {
            return now;
        }
        AllocationRow[] rows = searched(movable, problem(question), now);
        kept.answered(question, rows);
        return rows;
    }

    private AllocationProblem problem(KeptAllocation.Question question) {
        return new AllocationProblem(
                question.members().stream()
                        .map(KeptAllocation.Member::contender)
                        .toList(),
                question.capacity(),
                question.closed(),
                rules.power(),
                rules.avoidsInterference());
    }

    private AllocationRow[] searched(List<TrainedJob> movable, AllocationProblem problem, AllocationRow[] now) {
        AllocationRow none = AllocationRow.none(problem.nodes());
        List<AllocationRow[]> seeds = new ArrayList<>();
        seeds.add(now);
        seeds.add(new SpareGpus(problem).handedOut(now));
        for (Map<TrainedJob, AllocationRow> before : population) {
            seeds.add(
                    movable.stream().map(job -> before.getOrDefault(job, none)).toArray(AllocationRow[]::new));
        }
        List<AllocationMatrix> found = new AllocationSearch(problem, random)
                .run(seeds, rules.population(), rules.generations(), rules.patience());
        population = found.stream().map(one -> byJob(movable, one)).toList();
        return new SpareGpus(problem).handedOut(found.get(0).all(movable.size(), none));
    }

    private static Map<TrainedJob, AllocationRow> byJob(List<TrainedJob> jobs, AllocationMatrix allocation) {
        Map<TrainedJob, AllocationRow> byJob = new HashMap<>();
        for (int i = 0; i < allocation.jobs().length; i++) {
            byJob.put(jobs.get(allocation.jobs()[i]), allocation.rows()[i]);
        }
        return byJob;
    }

    private KeptAllocation.Question question(SchedulingContext context, List<TrainedJob> movable) {
        int[] capacity = TrainedJobs.capacity(context, movable);
        boolean[] closed = new boolean[capacity.length];
        int up = Arrays.stream(capacity).sum();
        for (TrainedJob job : jobs().present()) {
            if (TrainedJobs.isPinned(context, job)) {
                up += job.now().total();
                for (int node = 0; node < capacity.length; node++) {
                    closed[node] |= job.now().nodes() > 1 && job.now().gpus(node) > 0;
                }
            }
        }
        int present = jobs().present().size();
        int fair = Math.max(1, (up + present - 1) / present);
        return new KeptAllocation.Question(
                movable.stream().map(job -> member(context, job, fair)).toList(), capacity, closed, fair);
    }

    /**
     * @param fair GPUs of an equal share of the cluster
     */
    private KeptAllocation.Member member(SchedulingContext context, TrainedJob job, int fair) {
        ClusterJob submitted = context.job(job.job());
        double factor = TrainedJobs.restartFactor(context, job, rules.restartNanos());
        if (job.training().isEmpty() || !submitted.traits().preemptible()) {
            int wanted = submitted.gpus();
            return new KeptAllocation.Member(
                    job.job(),
                    0,
                    new Contender(wanted, wanted, job.now(), factor, (gpus, nodes) -> (double) gpus / fair));
        }
        TrainedJob.Training training = job.training().get();
        int most = Math.min(context.totalGpus(), submitted.traits().size().most(submitted.gpus()));
        int allowed = rules.explores() ? Math.min(most, Math.max(1, 2 * job.mostGpus())) : most;
        int part = training.parts().partOf(context.workLeftNanos(job.job()));
        int share = Math.min(fair, most);
        int perNode = context.largestNode();
        double base = training.goodput().of(part, share, (share + perNode - 1) / perNode);
        SpeedUpTable speedUps = new SpeedUpTable(
                (gpus, nodes) -> training.goodput().of(part, gpus, nodes) / base, allowed, context.nodes());
        return new KeptAllocation.Member(job.job(), part, new Contender(1, allowed, job.now(), factor, speedUps));
    }
}
