package trainyard.scenario.study;

import java.nio.file.Path;
import java.util.List;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.metric.Metric;

/** Runs scenarios that stand in a test as text. */
public final class TestStudies {

    private static final Position NOWHERE = new SourceText("test", "x").at(1, 1, 1);

    private TestStudies() {}

    /** The study of a scenario, in full precision. */
    public static Study study(String scenario) {
        return Study.of(Scenario.of(new SourceText("test.yaml", scenario), Path.of(""), List.of()), false);
    }

    /** Runs a first look at it. */
    public static StudyResult runQuick(String scenario) {
        return new StudyRunner(2, done -> {})
                .run(Study.of(Scenario.of(new SourceText("test.yaml", scenario), Path.of(""), List.of()), true));
    }

    /** Runs it on two threads. */
    public static StudyResult run(String scenario) {
        return run(scenario, 2);
    }

    public static StudyResult run(String scenario, int threads) {
        return new StudyRunner(threads, done -> {}).run(study(scenario));
    }

    /** A metric that a study knows, by its name. */
    public static Metric metric(StudyResult result, String name) {
        return MetricPath.find(name, result.study().known(), NOWHERE);
    }

    /** Its mean in the first cell. */
    public static double value(StudyResult result, String name) {
        return result.cells().get(0).mean(metric(result, name)).orElseThrow();
    }

    /** Why a scenario is refused, when it is bound or when it runs. */
    public static ScenarioException refusal(String scenario) {
        try {
            run(scenario).requireFeasible();
        } catch (ScenarioException refused) {
            return refused;
        }
        throw new AssertionError("nothing was refused");
    }
}
