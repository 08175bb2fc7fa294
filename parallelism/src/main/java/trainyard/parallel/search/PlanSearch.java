package trainyard.parallel.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.memory.MemoryEstimate;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.step.EventStepModel;
import trainyard.parallel.step.PlanPricer;
import trainyard.sim.collective.CollectiveModel;

/**
 * Branch and bound over the plans of a job (Land and Doig 1960). First every plan that does not fit in memory is left out.
 * The others are looked at in the order of their compute-only bound; one is priced unless plans priced before already fill
 * the list of the best and one of them is better in time, memory and cost than it can be. What comes out is what pricing
 * every plan would give, the same for any number of threads: plans are priced in rounds of a fixed size, against what was
 * known before the round.
 */
public final class PlanSearch {

    /** Plans that are looked at before the leaders are brought up to date. */
    private static final int ROUND = 256;

    private final UnplannedJob job;
    private final CollectiveModel collectives;
    private final KernelCalibration calibration;
    private final int threads;
    private final SearchProgress progress;

    /** A search that tells nobody how far it is. */
    public PlanSearch(UnplannedJob job, CollectiveModel collectives, KernelCalibration calibration, int threads) {
        this(job, collectives, calibration, threads, SearchProgress.NONE);
    }

    /**
     * @param job what is to be planned
     * @param collectives prices of exchanges on the job's cluster; used by all threads
     * @param calibration what was measured of its machines
     * @param threads threads that price plans, at least 1; no result depends on it
     * @param progress is told how far the search is
     */
    public PlanSearch(
            UnplannedJob job,
            CollectiveModel collectives,
            KernelCalibration calibration,
            int threads,
            SearchProgress progress) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        this.job = job;
        this.collectives = collectives;
        this.calibration = calibration;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Searches a space.
     *
     * @param top how many of the best plans are wanted, at least 1
     */
    public SearchResult run(SearchSpace space, Objective objective, int top) {
        if (top < 1) {
            throw new IllegalArgumentException("top must be at least 1, got " + top);
        }
        try (AppraiserThreads workers = new AppraiserThreads(threads, this::appraiser)) {
            return new Run(workers, Candidates.of(job, space), space.memoryShare(), new Leaders(objective, top))
                    .search(objective);
        }
    }

    private Appraiser appraiser() {
        return new Appraiser(new SteadyMemory(), new PlanPricer(collectives, calibration));
    }

    /** One search at work. */
    private final class Run {

        private final AppraiserThreads workers;
        private final Candidates candidates;
        private final double memoryShare;
        private final Leaders leaders;
        private final Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
        private final List<PricedPlan> priced = new ArrayList<>();
        private int settled;

        Run(AppraiserThreads workers, Candidates candidates, double memoryShare, Leaders leaders) {
            this.workers = workers;
            this.candidates = candidates;
            this.memoryShare = memoryShare;
            this.leaders = leaders;
            this.excluded.putAll(candidates.excluded());
        }

        SearchResult search(Objective objective) {
            List<BoundedPlan> fitting = fitting();
            fitting.sort(Comparator.comparing(BoundedPlan::atBest, Leaders.order(objective)));
            for (int from = 0; from < fitting.size(); from += ROUND) {
                price(fitting.subList(from, Math.min(fitting.size(), from + ROUND)));
            }
            EventStepModel replay = new EventStepModel(cluster -> collectives, calibration);
            List<VerifiedPlan> best = leaders.best().stream()
                    .map(plan -> new VerifiedPlan(plan, replay.cost(job.with(plan.candidate()))))
                    .toList();
            return new SearchResult(best, leaders.front(), candidates.list().size(), priced, excluded);
        }

        private List<BoundedPlan> fitting() {
            List<BoundedPlan> fitting = new ArrayList<>();
            for (Look look : workers.map(candidates.list(), this::look)) {
                look.plan.ifPresent(fitting::add);
                look.reason.ifPresent(this::exclude);
            }
            return fitting;
        }

        private Look look(Appraiser appraiser, Candidate candidate) {
            try {
                MemoryEstimate memory = appraiser.memory().of(job, candidate);
                if (!memory.fitsIn(memoryShare)) {
                    settle();
                    return new Look(Optional.empty(), Optional.of(Exclusion.MEMORY));
                }
                double bound = appraiser.pricer().atLeastSeconds(job.with(candidate));
                BoundedPlan bounded =
                        new BoundedPlan(candidate, bound, memory.peak().totalBytes());
                return new Look(Optional.of(bounded), Optional.empty());
            } catch (PlanException contradiction) {
                settle();
                boolean placing = contradiction.field().equals("tensor");
                return new Look(Optional.empty(), Optional.of(placing ? Exclusion.PLACEMENT : Exclusion.CONTRADICTION));
            }
        }

        private void price(List<BoundedPlan> round) {
            List<BoundedPlan> open = new ArrayList<>();
            for (BoundedPlan plan : round) {
                if (leaders.beat(plan.atBest())) {
                    settle();
                    exclude(Exclusion.BOUND);
                } else {
                    open.add(plan);
                }
            }
            List<PricedPlan> done = workers.map(open, this::price);
            done.forEach(leaders::offer);
            priced.addAll(done);
        }

        private PricedPlan price(Appraiser appraiser, BoundedPlan plan) {
            double seconds = appraiser.pricer().seconds(job.with(plan.candidate()));
            settle();
            return new PricedPlan(plan.candidate(), seconds, plan.memoryBytes());
        }

        /** One at a time, so that nobody is told a smaller number than before. */
        private synchronized void settle() {
            settled++;
            progress.update(settled, candidates.list().size());
        }

        private void exclude(Exclusion reason) {
            excluded.merge(reason, 1L, Long::sum);
        }
    }

    /** What was seen of a candidate: a plan that fits, or why it is left out. */
    private record Look(Optional<BoundedPlan> plan, Optional<Exclusion> reason) {}
}
