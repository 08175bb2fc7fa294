package trainyard.scheduler.catalog;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import trainyard.scheduler.policy.AttainedQueues;
import trainyard.scheduler.policy.ElasticFifo;
import trainyard.scheduler.policy.GittinsIndex;
import trainyard.scheduler.policy.LeastAttained;
import trainyard.scheduler.policy.PodByPod;
import trainyard.scheduler.policy.PreemptiveOrder;
import trainyard.scheduler.policy.PriorityPreemption;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.backfill.ConservativeBackfill;
import trainyard.scheduler.policy.backfill.EasyBackfill;
import trainyard.scheduler.policy.backfill.SlurmBackfill;
import trainyard.scheduler.policy.fairness.DecayedUsage;
import trainyard.scheduler.policy.fairness.DominantShare;
import trainyard.scheduler.policy.fairness.FinishTimeFairness;
import trainyard.scheduler.policy.fairness.HeldGpus;
import trainyard.scheduler.policy.fairness.ResourceOffers;
import trainyard.scheduler.policy.fairness.TeamOrder;
import trainyard.scheduler.policy.goodput.GoodputRounds;
import trainyard.scheduler.policy.interleave.InterleavedGroups;
import trainyard.scheduler.policy.interleave.WorkLeft;
import trainyard.scheduler.policy.share.ShareRounds;
import trainyard.scheduler.policy.sia.SiaRounds;
import trainyard.scheduler.quota.QuotaPolicy;
import trainyard.sim.engine.SimTime;

/** Every policy that a scenario can name. */
public enum PolicyKind {
    /** First in, first out. */
    FIFO("fifo", "in order of arrival; the head blocks all behind it", queue(QueueOrder.Key.ARRIVAL, false)),
    /** First in, first out, with overtaking. */
    FIFO_FIT_FIRST(
            "fifo-fit-first",
            "in order of arrival, whatever fits starts; wide jobs may starve",
            queue(QueueOrder.Key.ARRIVAL, true)),
    /** Shortest job first. */
    SJF(
            "sjf",
            "shortest stated run time first; the head blocks all behind it",
            queue(QueueOrder.Key.STATED_TIME, false)),
    /** Shortest job first, with overtaking. */
    SJF_FIT_FIRST(
            "sjf-fit-first",
            "shortest stated run time first, whatever fits starts",
            queue(QueueOrder.Key.STATED_TIME, true)),
    /** Fewest GPUs first. */
    NARROW_FIRST("narrow-first", "fewest GPUs first; the head blocks all behind it", queue(QueueOrder.Key.SIZE, false)),
    /** Fewest GPUs first, with overtaking. */
    NARROW_FIRST_FIT_FIRST(
            "narrow-first-fit-first", "fewest GPUs first, whatever fits starts", queue(QueueOrder.Key.SIZE, true)),
    /** Quasi-shortest service first. */
    QSSF(
            "qssf",
            "least forecast GPU time first; the head blocks all behind it",
            queue(QueueOrder.Key.FORECAST_SERVICE, false)),
    /** Quasi-shortest service first, with overtaking. */
    QSSF_FIT_FIRST(
            "qssf-fit-first",
            "least forecast GPU time first, whatever fits starts",
            queue(QueueOrder.Key.FORECAST_SERVICE, true)),
    /** Shortest remaining time first. */
    SRTF("srtf", "least time left first, others are preempted", preemptive(PreemptiveOrder.Key.REMAINING_TIME)),
    /** Shortest remaining service first. */
    SRSF(
            "srsf",
            "least time left times GPUs first, others are preempted",
            preemptive(PreemptiveOrder.Key.REMAINING_SERVICE)),
    /** Smallest first, with preemption. */
    SMALLEST_FIRST("smallest-first", "fewest GPUs first, others are preempted", preemptive(PreemptiveOrder.Key.SIZE)),
    /** A reservation for the head. */
    EASY(
            "easy",
            "in order of arrival with a reservation for the head; others overtake where they do not delay it",
            options -> new EasyBackfill(options.depth())),
    /** Reservations for many. */
    CONSERVATIVE(
            "conservative",
            "in order of arrival with a reservation for each of the first jobs, which none that comes later delays",
            options -> new ConservativeBackfill(options.depth())),
    /** Plans at intervals. */
    SLURM_BACKFILL(
            "slurm-backfill",
            "in order, and at intervals a plan of the first jobs in which none delays one before it",
            options -> new SlurmBackfill(options.backfill())),
    /** Least attained service. */
    LAS(
            "las",
            "least time run so far first, in whole quanta; others are preempted",
            options -> new PreemptiveOrder(
                    new LeastAttained(SimTime.nanos(options.service().quantumSeconds())))),
    /** Least attained GPU time in queues. */
    LAS_2D(
            "2d-las",
            "queues by GPU time so far, the first queue first; others are preempted",
            options -> new PreemptiveOrder(new AttainedQueues(
                    options.service().ends(), options.service().promoteAfter()))),
    /** Gittins index. */
    GITTINS(
            "gittins",
            "most likely to end soon for the GPU time that it takes first; others are preempted",
            options -> new PreemptiveOrder(new GittinsIndex(
                    options.service().quantumGpuSeconds(), options.service().samples()))),
    /** Priority classes. */
    PRIORITY(
            "priority",
            "highest priority first; others of lower priority are preempted where that makes it fit",
            options -> new PriorityPreemption()),
    /** Fair share over time. */
    FAIR_SHARE(
            "fair-share",
            "the team that has used least GPU time, older use counting less",
            options -> new TeamOrder(
                    new DecayedUsage(options.fair().weights(), options.fair().halfLifeSeconds()))),
    /** Max-min fairness. */
    MAX_MIN(
            "max-min",
            "the team that holds fewest GPUs now",
            options -> new TeamOrder(new HeldGpus(options.fair().weights()))),
    /** Dominant resource fairness. */
    DRF(
            "drf",
            "the team whose largest share of GPUs, processors and memory is least, of those that `cluster.node` states with `cpus` and"
                    + " `host-memory`",
            options -> new TeamOrder(new DominantShare(
                    options.fair().weights(),
                    options.fair().clusterCpus(),
                    options.fair().clusterMemoryBytes()))),
    /** Resource offers. */
    OFFERS(
            "offers",
            "all that is free is offered to one team at a time, the one with the least largest share first; it takes what it can use",
            options -> new ResourceOffers(
                    options.offers(),
                    new DominantShare(
                            options.fair().weights(),
                            options.fair().clusterCpus(),
                            options.fair().clusterMemoryBytes()))),
    /** Finish-time fairness. */
    FINISH_TIME_FAIRNESS(
            "finish-time-fairness",
            "at each lease the jobs that sharing delays most; others are preempted",
            options -> new FinishTimeFairness(SimTime.nanos(options.fair().leaseSeconds()))),
    /** Shares of types of GPU in rounds. */
    SHARES(
            "shares",
            "in rounds, by the share of the time on each type of GPU that `shares` says; others are preempted",
            options -> new ShareRounds(options.shares())),
    /** GPUs and batches together. */
    GOODPUT(
            "goodput",
            "in rounds, GPUs and batches chosen together so that the jobs of `jobs.training` get on best by the power mean of their"
                    + " speed-ups; others have the GPUs that they want or none",
            options -> new GoodputRounds(options.goodput())),
    /** Types and numbers of GPUs together. */
    SIA(
            "sia",
            "in rounds, the type and number of GPUs and the batch of each job of `jobs.training` chosen together by goodput over the least"
                    + " that it can have; others have the GPUs that they want or none",
            options -> new SiaRounds(options.sia())),
    /** Groups by work left. */
    MURI_S(
            "muri-s",
            "jobs share GPUs in groups that take turns at storage, processors, GPUs and network, the least work left times GPUs"
                    + " first; others are preempted",
            options -> new InterleavedGroups("muri-s", new WorkLeft(), false, options.groups())),
    /** Groups by attained service. */
    MURI_L(
            "muri-l",
            "the same in the order of `2d-las`, for run times that nobody knows",
            options -> new InterleavedGroups(
                    "muri-l",
                    new AttainedQueues(
                            options.service().ends(), options.service().promoteAfter()),
                    true,
                    options.groups())),
    /** No gangs. */
    POD_BY_POD(
            "pod-by-pod",
            "no gangs: parts of jobs are placed in turn and hold their GPUs until the job is whole; may deadlock",
            options -> new PodByPod(options.pods())),
    /** Jobs that grow and shrink. */
    ELASTIC_FIFO(
            "elastic-fifo",
            "in order of arrival; jobs whose size may vary start small, grow into what is free and give way",
            options -> new ElasticFifo(options.restNanos())),
    /** Quotas in cohorts. */
    KUEUE(
            "kueue",
            "queues with quotas that borrow, lend and reclaim; whatever fits starts",
            options -> new QuotaPolicy(options.quotas()));

    /** Those that choose numbers of GPUs, hand them out in parts of jobs or say themselves on which nodes. */
    private static final Set<PolicyKind> WHOLE_GPUS = EnumSet.of(POD_BY_POD, ELASTIC_FIFO, SHARES, GOODPUT, SIA);

    private final String word;
    private final String sentence;
    private final Function<PolicyOptions, SchedulingPolicy> maker;

    PolicyKind(String word, String sentence, Function<PolicyOptions, SchedulingPolicy> maker) {
        this.word = word;
        this.sentence = sentence;
        this.maker = maker;
    }

    private static Function<PolicyOptions, SchedulingPolicy> queue(QueueOrder.Key key, boolean overtakes) {
        return options -> new QueueOrder(key, overtakes ? Overtaking.WHATEVER_FITS : Overtaking.NONE);
    }

    private static Function<PolicyOptions, SchedulingPolicy> preemptive(PreemptiveOrder.Key key) {
        return options -> new PreemptiveOrder(key);
    }

    /** The name in scenarios and reports, such as {@code fifo}. */
    public String word() {
        return word;
    }

    /** Who runs, in one sentence for references. */
    public String sentence() {
        return sentence;
    }

    /** Whether it knows whole GPUs only, so that no job may take a part of one under it. */
    public boolean countsWholeGpus() {
        return WHOLE_GPUS.contains(this);
    }

    /** A policy for one run. */
    public SchedulingPolicy make(PolicyOptions options) {
        return maker.apply(Objects.requireNonNull(options, "options"));
    }

    /** The policy of a name, if there is one. */
    public static Optional<PolicyKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
