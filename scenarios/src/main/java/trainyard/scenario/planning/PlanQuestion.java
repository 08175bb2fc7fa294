package trainyard.scenario.planning;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.search.Exclusion;
import trainyard.parallel.search.Objective;
import trainyard.parallel.search.PlanSearch;
import trainyard.parallel.search.SearchProgress;
import trainyard.parallel.search.SearchResult;
import trainyard.parallel.search.SearchSpace;
import trainyard.parallel.search.UnplannedJob;
import trainyard.parallel.step.ProductRanges;
import trainyard.scenario.Scenario;
import trainyard.scenario.answer.Extrapolations;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.CostSection;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.SearchSection;
import trainyard.scenario.section.cluster.ClusterSection;
import trainyard.scenario.section.job.JobBinding;
import trainyard.scenario.section.network.ExchangePricing;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.step.StepRanges;
import trainyard.scenario.workload.step.UncomparedSoftware;
import trainyard.sim.hardware.calibration.CalibrationProfile;

/**
 * What a scenario asks {@code trainyard plan}.
 *
 * @param scenario the scenario
 * @param job the job to be planned
 * @param space the plans to compare
 * @param objective what the best plan has least of
 * @param top how many of the best are wanted
 * @param usdPerGpuSecond price, where it is known
 * @param profile what was measured of the GPUs
 */
public record PlanQuestion(
        Scenario scenario,
        UnplannedJob job,
        SearchSpace space,
        Objective objective,
        int top,
        Optional<Double> usdPerGpuSecond,
        Optional<CalibrationProfile> profile) {

    /**
     * Reads the search out of a scenario.
     *
     * @throws ScenarioException if it has no job, or leaves nodes or batch open
     */
    public static PlanQuestion of(Scenario scenario) {
        Values values = scenario.values();
        Values job = values.find(ScenarioSection.JOB)
                .orElseThrow(() -> new ScenarioException(Problem.at(
                        values.position(scenario.kind().section()),
                        Problem.Kind.KEY,
                        "plan searches the parallel plan of one training job; a study of "
                                + scenario.kind().section().key() + " has none",
                        "write a section job, or search a number with solve")));
        Optional<Values> search = values.find(ScenarioSection.SEARCH);
        Values cluster = values.get(ScenarioSection.CLUSTER);
        UnplannedJob unplanned = JobBinding.unplanned(cluster, job);
        return new PlanQuestion(
                scenario,
                unplanned,
                SearchSection.space(search),
                SearchSection.objective(search),
                SearchSection.top(search),
                values.find(ScenarioSection.COST).map(cost -> cost.get(CostSection.PRICE)),
                ClusterSection.calibration(cluster));
    }

    /** Keys at the top of the scenario that a search does not look at, since it is one of a single step as written. */
    public List<String> notUsed() {
        return List.of(ScenarioSection.LIFE, ScenarioSection.SWEEP, ScenarioSection.VARIANTS, ScenarioSection.VARY)
                .stream()
                .map(Field::key)
                .filter(key -> scenario.tree()
                        .find(key)
                        .filter(PlanQuestion::saysSomething)
                        .isPresent())
                .toList();
    }

    /** An empty section, as of a sweep whose values were taken out, changes nothing of the study. */
    private static boolean saysSomething(Node section) {
        return !(section instanceof Node.Mapping mapping && mapping.entries().isEmpty());
    }

    /** Searches, and tells nobody how far it is. */
    public SearchResult answer(int threads) {
        return answer(threads, SearchProgress.NONE);
    }

    /**
     * Searches.
     *
     * @param threads threads that price plans; no result depends on it
     * @param progress is told how far the search is
     * @throws ScenarioException if no plan of the space can run
     */
    public SearchResult answer(int threads, SearchProgress progress) {
        SearchResult result = new PlanSearch(
                        job,
                        new Simulators().collective(job.cluster(), ExchangePricing.ANALYTIC, Optional.empty()),
                        kernels(),
                        threads,
                        progress)
                .run(space, objective, top);
        if (result.best().isEmpty()) {
            Optional<Values> search = scenario.values().find(ScenarioSection.SEARCH);
            search.flatMap(written -> FixedDimensions.contradiction(written, job))
                    .ifPresent(problem -> {
                        throw new ScenarioException(problem);
                    });
            boolean tooLarge = result.excluded().containsKey(Exclusion.MEMORY);
            throw new ScenarioException(
                    Problem.at(
                            search.flatMap(FixedDimensions::first)
                                    .orElse(scenario.values().position(ScenarioSection.JOB)),
                            tooLarge ? Problem.Kind.MEMORY : Problem.Kind.PLAN,
                            "none of the plans of the space can run: " + PlanTable.leftOut(result),
                            tooLarge
                                    ? "widen the space: more values for pipeline, tensor, zero or recompute, or more GPUs"
                                    : "change what is fixed: tensor x context x pipeline x data must be the GPUs, and tensor divide the heads"));
        }
        return result;
    }

    private KernelCalibration kernels() {
        return profile.map(measured ->
                        KernelCalibration.of(measured, job.cluster().node().gpu()))
                .orElse(KernelCalibration.NONE);
    }

    /** What a reader has to know of how the best plans are priced, in sentences without a final stop. */
    public List<String> remarks(SearchResult result) {
        return Stream.concat(extrapolations(result).stream(), uncompared(result).stream())
                .toList();
    }

    /** Plans that shard weights all use one software, so that one remark does for all of them. */
    private Optional<String> uncompared(SearchResult result) {
        return result.best().stream()
                .flatMap(
                        plan -> UncomparedSoftware.remark(job.with(plan.priced().candidate())).stream())
                .map(remark -> "plans with zero 3: " + remark)
                .findFirst();
    }

    /** Where the best plans are priced from outside what was measured. */
    private List<String> extrapolations(SearchResult result) {
        ProductRanges products = new ProductRanges();
        return Extrapolations.of(result.best().stream()
                .map(plan -> new Extrapolations.Design(
                        PlanTable.label(plan.priced()),
                        profile.map(measured -> StepRanges.beyond(
                                        job.with(plan.priced().candidate()), measured, kernels(), products))
                                .orElse(List.of())))
                .toList());
    }

    /** USD of one step on so many GPU-seconds; empty where there is no price. */
    public Optional<Double> usd(double gpuSeconds) {
        return usdPerGpuSecond.map(price -> price * gpuSeconds);
    }
}
