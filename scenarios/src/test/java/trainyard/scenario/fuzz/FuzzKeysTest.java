package trainyard.scenario.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.source.Node;
import trainyard.sim.random.RandomStreams;

/** The random scenarios draw every key of the format but free text, such as names of files. */
class FuzzKeysTest {

    private static final int DRAWS = 10_000;

    @Test
    void everyKeyIsDrawn() throws IOException {
        Keys drawn = new Keys();
        List<Node.Mapping> seeds = GallerySeeds.all();
        RandomStreams streams = new RandomStreams(1, 0);
        for (int i = 0; i < DRAWS; i++) {
            RandomScenario.draw(ScenarioFormat.SECTION, seeds, streams.stream("fuzz", i), drawn);
        }
        Set<String> never =
                Keys.of(ScenarioFormat.SECTION, RandomScenario.questions()).without(drawn);
        assertThat(never).isEmpty();
    }
}
