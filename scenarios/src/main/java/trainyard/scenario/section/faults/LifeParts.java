package trainyard.scenario.section.faults;

import java.util.Optional;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;

/** Parts of the life of a scenario, found by their field: the life holds the sections that ask, so they cannot name it. */
final class LifeParts {

    private LifeParts() {}

    /** The part, if the scenario has a life, and that has it. */
    static Optional<Values> find(Values scenario, Field<Values> part) {
        return scenario.settings().values().stream()
                .map(Setting::value)
                .filter(Values.class::isInstance)
                .map(Values.class::cast)
                .filter(section -> section.section().fields().contains(part))
                .findFirst()
                .flatMap(life -> life.find(part));
    }
}
