package trainyard.scenario.workload.life;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.math3.util.ArithmeticUtils;
import trainyard.faults.life.LifeOutcome;
import trainyard.faults.life.LifeSimulation;
import trainyard.faults.life.account.GpuState;
import trainyard.faults.life.job.LongJob;
import trainyard.faults.recovery.JustInTime;
import trainyard.faults.recovery.StepTimes;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.step.StepModel;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.faults.FaultsSection;
import trainyard.scenario.section.job.JobBinding;
import trainyard.scenario.section.life.LifeSection;
import trainyard.scenario.section.network.CollectiveForm;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Derivation;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;
import trainyard.scenario.workload.step.StepWorkload;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

/**
 * A job that lives through faults.
 *
 * @param simulation the job in its cluster
 * @param oneStep one of its steps on all nodes
 * @param step what that step comes to
 * @param shown that step in detail; empty where its time is stated, since the model's would contradict it
 * @param design what is the same in every replication: interval, step time, closed form
 * @param derivations how that comes about
 * @param storagePrices dollars a byte-second by tier of snapshots
 * @param usdPerGpuSecond price, where it is known
 * @param ratio prices to compare, where they are known
 * @param streams randomness of the replication
 */
record LifeWorkload(
        LifeSimulation simulation,
        StepWorkload oneStep,
        Outcome step,
        Optional<StepCost> shown,
        Map<Metric, Double> design,
        Function<Metric, Optional<Derivation>> derivations,
        Map<String, Double> storagePrices,
        Optional<Double> usdPerGpuSecond,
        Optional<CostRatio> ratio,
        RandomStreams streams)
        implements Workload {

    /** That no snapshot is taken. */
    static final String UNSAVED = "unsaved";

    /** That a snapshot takes longer than the job runs from fault to fault, whichever tier it goes to. */
    static final String OUTLASTED = "outlasted";

    /** That snapshots on the nodes of a job are lost with each fault. */
    static final String GIVEN_BACK = "given-back";

    static final String LEFT_OUT = "left-out";

    /** That no survivor has the state which a policy would take from it. */
    static final String UNCOPIED = "uncopied";

    /** Why the job was not started again. */
    static final String STOP = "stop";

    /**
     * The life in the first replication.
     *
     * @param step one step of the job on all nodes; its model prices those of an elastic job on fewer, too
     * @param ratio prices to compare, where they are known
     * @throws ScenarioException if the section contradicts itself, the job or how exchanges are priced
     */
    static LifeWorkload bind(StepWorkload step, Values section, Optional<CostRatio> ratio) {
        TrainingJob job = step.job();
        StepTimes healthy = section.get(LifeSection.STEP_TIME)
                .map(seconds -> stated(job, seconds))
                .orElseGet(() -> modelled(step.model(), job));
        Outcome outcome = step.run();
        LifeDesign design = new LifeDesign(
                job,
                section,
                new SlowSteps(healthy, step.model(), job),
                outcome.step().map(LifeWorkload::exposed).orElse(0.0));
        if (design.slowsLinks() && ClusterSection.exchanges(step.cluster()).form() == CollectiveForm.FLOW) {
            throw new ScenarioException(Problem.at(
                    section.position(FaultsSection.FAULTS),
                    Problem.Kind.VALUE,
                    "slow links count in closed forms only",
                    "write cluster.network.collectives: analytic"));
        }
        boolean stated = section.get(LifeSection.STEP_TIME).isPresent();
        return new LifeWorkload(
                design.simulation(),
                step,
                outcome,
                stated ? Optional.empty() : outcome.step(),
                design.metrics(),
                design::derivation,
                design.storagePrices(),
                step.usdPerGpuSecond(),
                ratio,
                new RandomStreams(0, 0));
    }

    /** Exchanges of pipeline stages, experts and replicas cross nodes; what hides them behind work is not counted. */
    private static double exposed(StepCost cost) {
        return cost.share(TimeState.PIPELINE_COMMUNICATION)
                + cost.share(TimeState.EXPERT_COMMUNICATION)
                + cost.share(TimeState.DATA_COMMUNICATION);
    }

    /** The same design with other randomness. */
    LifeWorkload with(RandomStreams other) {
        return new LifeWorkload(
                simulation, oneStep, step, shown, design, derivations, storagePrices, usdPerGpuSecond, ratio, other);
    }

    /** A stated step time grows as the micro-batches of the busiest replica do. */
    private static StepTimes stated(TrainingJob job, double seconds) {
        return nodes -> SimTime.nanos(seconds * shrunk(job, nodes).microBatches() / job.microBatches());
    }

    private static StepTimes modelled(StepModel model, TrainingJob job) {
        Map<Integer, Long> known = new ConcurrentHashMap<>();
        return nodes ->
                known.computeIfAbsent(nodes, on -> model.cost(shrunk(job, on)).stepNanos());
    }

    /**
     * The job on fewer nodes, its batch kept: replicas that share out its micro-batches, of which the busiest has one more
     * where they do not share evenly. All wait for that one, so the step is priced as if all had as many.
     */
    private static TrainingJob shrunk(TrainingJob job, int nodes) {
        int perReplica = job.plan().gpus() / job.plan().data();
        int replicas = wholeGroups(
                job.plan(),
                Math.min(job.plan().data(), nodes * job.cluster().node().gpus() / perReplica));
        if (replicas == job.plan().data()) {
            return job;
        }
        ParallelPlan plan = withReplicas(job.plan(), replicas);
        int micro = job.batch().micro();
        int microBatches = (job.batch().global() + micro * replicas - 1) / (micro * replicas);
        Batch batch =
                new Batch(microBatches * micro * replicas, micro, job.batch().sequence());
        return new TrainingJob(job.model(), batch, job.precision(), plan, job.cluster(), job.software());
    }

    /** Replicas whose group lacks a part of state or experts stand still; fewer than one group share these out anew. */
    private static int wholeGroups(ParallelPlan plan, int replicas) {
        int unit = replicasOfGroup(plan);
        return replicas < unit ? replicas : replicas - replicas % unit;
    }

    private static ParallelPlan withReplicas(ParallelPlan plan, int replicas) {
        Degrees all = plan.degrees();
        boolean anew = replicas < replicasOfGroup(plan);
        int ranks = all.tensor() * all.context() * replicas;
        int expert = anew ? ArithmeticUtils.gcd(all.expert(), ranks) : all.expert();
        ParallelPlan whole = anew ? plan.with(shrunk(plan.sharding())) : plan;
        return whole.with(new Degrees(all.tensor(), all.context(), all.pipeline(), replicas, expert));
    }

    /** Replicas whose ranks come to whole groups, both of those that share state and of those that share experts. */
    private static int replicasOfGroup(ParallelPlan plan) {
        Degrees all = plan.degrees();
        int state = Math.max(1, plan.sharding().group());
        int ofState = state / ArithmeticUtils.gcd(state, all.context());
        int ofExperts = all.expert() / ArithmeticUtils.gcd(all.expert(), all.tensor() * all.context());
        return ArithmeticUtils.lcm(ofState, ofExperts);
    }

    /** Replicas that hold one copy of the state between them: all where ZeRO shards it over all data-parallel ranks. */
    static int replicasOfState(ParallelPlan plan) {
        Sharding sharding = plan.sharding();
        return sharding.zeroStage() > 0 && sharding.group() == 0 ? plan.data() : replicasOfGroup(plan);
    }

    private static Sharding shrunk(Sharding sharding) {
        return new Sharding(
                sharding.zeroStage(),
                0,
                sharding.reshard(),
                sharding.prefetch(),
                sharding.reduceEachMicroBatch(),
                sharding.reduction());
    }

    @Override
    public Optional<Derivation> derivation(Metric metric) {
        return derivations.apply(metric);
    }

    @Override
    public Optional<Derivation.Sum> terms(Metric metric) {
        return LifeTerms.has(metric) ? LifeTerms.of(metric, placed(() -> simulation.run(streams))) : Optional.empty();
    }

    @Override
    public Outcome run() {
        return step.isFeasible() ? outcome(placed(() -> simulation.run(streams))) : step;
    }

    @Override
    public Outcome run(Set<Metric> samples) {
        if (samples.isEmpty() || !step.isFeasible()) {
            return run();
        }
        LifeSimulation.Told life = placed(() -> simulation.tell(streams));
        return outcome(life.outcome())
                .with(details(life).samples().stream()
                        .filter(sample -> samples.contains(sample.quantity()))
                        .toList());
    }

    /** A life in which no step could be priced, such as one on parts that are all but down. */
    private <T> T placed(Supplier<T> life) {
        try {
            return life.get();
        } catch (PlanException contradiction) {
            throw JobBinding.placed(oneStep.cluster(), oneStep.section(), contradiction);
        }
    }

    private Outcome outcome(LifeOutcome life) {
        Map<Metric, Double> metrics =
                new LinkedHashMap<>(LifeMetrics.of(life, simulation.job().ends(), usdPerGpuSecond));
        boolean finished = !simulation.job().ends() || life.done();
        metrics.putAll(
                CheckpointMetrics.of(life.snapshots(), design.get(StepMetrics.STEP_TIME), storagePrices, finished));
        metrics.putAll(design);
        ratio.ifPresent(prices -> metrics.putAll(prices.of(life, design)));
        step.value(StepMetrics.MEMORY_PEAK).ifPresent(bytes -> metrics.put(StepMetrics.MEMORY_PEAK, bytes));
        shown.ifPresent(cost -> metrics.putAll(UsefulWork.of(life.share(GpuState.USEFUL), cost)));
        return new Outcome(metrics, labels(life), shown, Optional.empty())
                .extrapolating(shown.isPresent() ? step.extrapolations() : List.of());
    }

    private Map<String, String> labels(LifeOutcome life) {
        Map<String, String> labels = new LinkedHashMap<>();
        life.events().stop().ifPresent(stop -> labels.put(STOP, stop.words()));
        unsaved().ifPresent(words -> labels.put(UNSAVED, words));
        outlasted().ifPresent(words -> labels.put(OUTLASTED, words));
        uncopied().ifPresent(words -> labels.put(UNCOPIED, words));
        givenBack().ifPresent(words -> labels.put(GIVEN_BACK, words));
        leftOut().ifPresent(words -> labels.put(LEFT_OUT, words));
        return labels;
    }

    /** A job that saves after a fault needs no snapshot before one. */
    private Optional<String> unsaved() {
        double interval = design.get(LifeMetrics.INTERVAL);
        double horizon = SimTime.seconds(simulation.horizonNanos());
        boolean savesAfter = simulation.job().recovery() instanceof JustInTime
                && simulation.job().layout().copies() > 1;
        boolean never = interval > horizon && !savesAfter;
        return never
                ? Optional.of("no snapshot is ever taken: the interval is longer than the horizon, "
                        + LifeMetrics.TIME_TO_TRAIN.format(horizon))
                : Optional.empty();
    }

    /** A job whose snapshots faults mostly cut short, on every tier: more of them do not help it. */
    private Optional<String> outlasted() {
        double save = simulation.job().checkpoints().levels().stream()
                .mapToDouble(level -> SimTime.seconds(level.writeNanos()))
                .min()
                .orElse(0);
        double mtbf = design.getOrDefault(LifeMetrics.MTBF, Double.POSITIVE_INFINITY);
        return save > mtbf
                ? Optional.of("few snapshots are ever complete: one takes " + CheckpointMetrics.WRITE.format(save)
                        + ", and a fault stops the job every " + LifeMetrics.MTBF.format(mtbf))
                : Optional.empty();
    }

    /** Nodes of the cluster that are neither of the job nor spares: no metric knows them. */
    private Optional<String> leftOut() {
        int gpusPerNode = oneStep.job().cluster().node().gpus();
        int ofJob = (oneStep.job().plan().gpus() + gpusPerNode - 1) / gpusPerNode;
        int spares = simulation.cluster().nodes() - ofJob;
        int beyond = oneStep.job().cluster().nodes() - ofJob - spares;
        return beyond > 0
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "%,d of the %,d nodes of the cluster are left out: the job has %,d, and life.spares %,d; raise"
                                + " life.spares to count them",
                        beyond,
                        oneStep.job().cluster().nodes(),
                        ofJob,
                        spares))
                : Optional.empty();
    }

    /** A tier on nodes that the job never has again. */
    private Optional<String> givenBack() {
        return simulation.job().checkpoints().levels().stream()
                .filter(level -> level.keeping().placement().isOnNodes()
                        && simulation.job().recovery().givesNodesBack())
                .findFirst()
                .map(level -> "no snapshot of tier " + level.name()
                        + " is left after a fault: the job gives its nodes back, and they take their copies along");
    }

    /** A policy that rests on the state of other replicas, in a job that holds it once. */
    private Optional<String> uncopied() {
        LongJob job = simulation.job();
        if (!job.recovery().needsCopies() || job.layout().copies() > 1) {
            return Optional.empty();
        }
        int zero = oneStep.job().plan().zeroStage();
        String once = job.layout().replicas() == 1
                ? "the job has one replica on nodes of its own"
                : zero > 0 ? "zero: " + zero + " shards it over all replicas" : "the replicas share out the experts";
        return Optional.of("no survivor has the state that a lost node had, since " + once + ": policy "
                + job.recovery().name() + " goes back to the newest snapshot left"
                + (zero > 0 && job.layout().replicas() > 1
                        ? ". With a job.parallel.shard-group of fewer ranks, or zero: 0, there are copies"
                        : ""));
    }

    @Override
    public Details details() {
        return step.isFeasible() ? details(placed(() -> simulation.tell(streams))) : Details.NONE;
    }

    private Details details(LifeSimulation.Told life) {
        return LifeDetails.of(
                life.story(),
                design.get(StepMetrics.STEP_TIME),
                life.outcome().snapshots().stored());
    }

    @Override
    public List<Span> timeline() {
        return oneStep.timeline();
    }
}
