package trainyard.scenario.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scenario.ScenarioFormat;

class UnknownKeyTest {

    /** The names are kept by hand: each leads to a key that is there, and is no key itself. */
    @Test
    void namesOfOtherToolsLeadToKeysOfScenarios() {
        Section format = ScenarioFormat.SECTION;

        UnknownKey.OTHER_NAMES.forEach((other, own) -> {
            assertThat(places(format, own)).as(other + " leads to " + own).isNotEmpty();
            assertThat(places(format, other)).as(other + " is no key").isEmpty();
        });
    }

    private static List<String> places(Section format, String key) {
        return format.places(key, field -> true);
    }
}
