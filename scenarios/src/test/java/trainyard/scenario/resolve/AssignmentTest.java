package trainyard.scenario.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.source.YamlReader;

class AssignmentTest {

    private static String set(String assignment) {
        Node.Mapping scenario = YamlReader.read(new SourceText("test", "{seed: 1}"));
        return YamlWriter.json(Assignment.parse(assignment).apply(scenario, ScenarioFormat.SECTION));
    }

    @Test
    void keysThatTheUserChoseKeepTheirDots() {
        assertThat(set("sweep.job.parallel.tensor=[1, 2]"))
                .isEqualTo("{\"seed\": 1, \"sweep\": {\"job.parallel.tensor\": [1, 2]}}");
        assertThat(set("variants.a.job.parallel.tensor=2"))
                .isEqualTo("{\"seed\": 1, \"variants\": {\"a\": {\"job.parallel.tensor\": 2}}}");
        assertThat(set("life.faults.causes.node.mtbf=3 h"))
                .isEqualTo("{\"seed\": 1, \"life\": {\"faults\": {\"causes\": {\"node\": {\"mtbf\": \"3 h\"}}}}}");
        assertThat(set("job.parallel.tensor=2")).isEqualTo("{\"seed\": 1, \"job\": {\"parallel\": {\"tensor\": 2}}}");
    }

    @Test
    void emptyKeysAndValuesAreRefused() {
        assertThatThrownBy(() -> set("job..tensor=1"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("leads nowhere");
        assertThatThrownBy(() -> set("job.precision= "))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("no value");
    }
}
