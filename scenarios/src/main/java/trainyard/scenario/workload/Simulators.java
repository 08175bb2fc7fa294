package trainyard.scenario.workload;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.step.EventStepModel;
import trainyard.parallel.step.ProductRanges;
import trainyard.parallel.step.StepModel;
import trainyard.parallel.step.price.LayerBalance;
import trainyard.scenario.section.jobs.trace.JobFile;
import trainyard.scenario.section.network.ExchangePricing;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.trace.JobList;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.NcclAlgorithm;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.collective.NcclOptions;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.network.collective.FabricSharing;
import trainyard.sim.network.collective.FlowCollectives;
import trainyard.sim.network.collective.TooManyMessagesException;

/** The models that workloads are simulated with; what depends on the cluster alone is made once per cluster. */
public final class Simulators {

    private final Map<ClusterSpec, NcclModel> formulas = new ConcurrentHashMap<>();
    private final Map<Messages, FlowCollectives> messages = new ConcurrentHashMap<>();
    private final Map<JobFile, JobList> jobs = new ConcurrentHashMap<>();
    private final LayerBalance balance = new LayerBalance(cluster -> formula(cluster, Optional.empty()));

    private final ProductRanges productRanges = new ProductRanges();

    private record Messages(ClusterSpec cluster, Optional<NcclAlgorithm> algorithm, FabricSharing sharing) {}

    /**
     * What one training step costs.
     *
     * @param exchanges how exchanges are priced
     * @param calibration what was measured of the GPUs
     */
    public StepModel step(ExchangePricing exchanges, KernelCalibration calibration) {
        return new EventStepModel(cluster -> collective(cluster, exchanges, Optional.empty()), calibration);
    }

    /** Which products of jobs lie outside those that were measured of their GPUs; found once for jobs that have the same. */
    public ProductRanges productRanges() {
        return productRanges;
    }

    /** Layers of each pipeline chunk by their time. */
    public LayerBalance balance() {
        return balance;
    }

    /**
     * The jobs of a file, which is read once.
     *
     * @throws trainyard.faults.trace.TraceException if it cannot be read
     */
    public JobList jobs(JobFile file) {
        return jobs.computeIfAbsent(file, JobFile::read);
    }

    /**
     * What a collective costs on a cluster, with one algorithm or free to choose. The model throws a {@link ScenarioException}
     * when it is asked for one of more messages than can be followed.
     */
    public CollectiveModel collective(
            ClusterSpec cluster, ExchangePricing exchanges, Optional<NcclAlgorithm> algorithm) {
        return switch (exchanges.form()) {
            case ANALYTIC -> formula(cluster, algorithm);
            case FLOW ->
                withinBudget(
                        messages.computeIfAbsent(
                                new Messages(cluster, algorithm, exchanges.sharing()),
                                asked -> FlowCollectives.on(cluster, algorithm, exchanges.sharing())),
                        exchanges.asked());
        };
    }

    private static CollectiveModel withinBudget(FlowCollectives flows, Optional<Position> asked) {
        return (operation, bytes, group) -> {
            try {
                return flows.time(operation, bytes, group);
            } catch (TooManyMessagesException tooMany) {
                String message = "an exchange among " + group.ranks() + " GPUs: " + tooMany.getMessage();
                String hint = "write collectives: analytic, or let fewer GPUs exchange";
                throw new ScenarioException(asked.map(at -> Problem.at(at, Problem.Kind.LIMIT, message, hint))
                        .orElseGet(() -> Problem.of(Problem.Kind.LIMIT, message, hint)));
            }
        };
    }

    private CollectiveModel formula(ClusterSpec cluster, Optional<NcclAlgorithm> algorithm) {
        NcclModel free = formulas.computeIfAbsent(cluster, NcclModel::on);
        return algorithm
                .map(only -> free.with(NcclOptions.automatic().only(only)))
                .orElse(free);
    }
}
