package trainyard.scenario;

import java.util.ArrayList;
import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;

/** The format of a scenario: what every one may hold, and the section of each kind of study. */
public final class ScenarioFormat {

    public static final Section SECTION = ScenarioSection.with(WorkloadKinds.sections());

    private ScenarioFormat() {}

    /** The sections that say what is simulated: machines, work and prices. */
    public static List<Field<Values>> studySections() {
        List<Field<Values>> sections = new ArrayList<>(List.of(ScenarioSection.CLUSTER));
        sections.addAll(WorkloadKinds.sections());
        sections.add(ScenarioSection.SCHEDULER);
        sections.add(ScenarioSection.COST);
        return List.copyOf(sections);
    }
}
