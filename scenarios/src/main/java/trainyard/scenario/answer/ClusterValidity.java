package trainyard.scenario.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import trainyard.report.document.ValidityRow;
import trainyard.report.document.ValidityRow.Status;
import trainyard.scenario.Scenario;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.jobs.JobLocalitySection;
import trainyard.scenario.section.jobs.JobsSection;
import trainyard.scenario.study.Study;

/** Says of a cluster under many jobs which parts of the model were checked, by what any of its designs asks for. */
final class ClusterValidity {

    private static final List<Field<?>> OUTAGES =
            List.of(JobsSection.FAILURES, JobsSection.SPOT, JobsSection.MAINTENANCE);
    private static final List<Field<?>> SPEEDS =
            List.of(JobsSection.LOCALITY, JobsSection.TRAINING, JobsSection.POOL_SPEEDS);

    private final List<Values> designs;

    private ClusterValidity(List<Values> designs) {
        this.designs = designs;
    }

    static ClusterValidity of(Scenario scenario) {
        Study study = Study.of(scenario, false);
        return new ClusterValidity(study.cells().stream()
                .map(cell -> study.values(cell).get(study.kind().section()))
                .toList());
    }

    /** Whether jobs run at the speed of the step model, whose rows then count. */
    boolean pricesSteps() {
        return any(jobs -> jobs.find(JobsSection.LOCALITY)
                .filter(locality -> locality.isWritten(JobLocalitySection.MODEL))
                .isPresent());
    }

    List<ValidityRow> rows() {
        List<ValidityRow> rows = new ArrayList<>();
        rows.add(new ValidityRow(
                "order, placement and waits of jobs",
                Status.PARTLY,
                "runs of other simulators",
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "other simulators are replayed job by job, see trainyard verify scheduling; the policies here are held to cases worked out"
                        + " by hand and to properties that must hold, and to no recording of a cluster"));
        List<String> leftOut = new ArrayList<>();
        if (any(jobs -> OUTAGES.stream().anyMatch(jobs::isWritten))) {
            rows.add(Validity.unverified(
                    "failures, lenders and maintenance",
                    "held to cases worked out by hand; rates and times of this scenario are inputs"));
        } else {
            leftOut.add("failures");
        }
        if (any(jobs -> SPEEDS.stream().anyMatch(jobs::isWritten))) {
            if (!pricesSteps()) {
                rows.add(Validity.unverified("speeds of jobs", "inputs of this scenario"));
            }
        } else {
            leftOut.add("speed by placement");
        }
        leftOut.add("jobs that slow each other down on shared links");
        rows.add(Validity.unverified(String.join(", ", leftOut), "left out"));
        return List.copyOf(rows);
    }

    private boolean any(Predicate<Values> asks) {
        return designs.stream().anyMatch(asks);
    }
}
