package trainyard.sim.hardware.calibration;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Parses the text of a profile. Aliases and deep nesting are refused before anything is built from the text. */
final class ProfileYaml {

    /** A profile nests four deep. */
    private static final int MOST_DEPTH = 20;

    private ProfileYaml() {}

    static Node parse(String file, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            checkDepth(file, settings, text);
            return new Compose(settings)
                    .composeString(text)
                    .orElseThrow(() -> new CalibrationException(file + ":1:1: empty, expected a profile"));
        } catch (MarkedYamlEngineException e) {
            String position = e.getProblemMark()
                    .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                    .orElse("");
            throw new CalibrationException(file + position + ": not YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new CalibrationException(file + ": not YAML: " + e.getMessage(), e);
        }
    }

    private static void checkDepth(String file, LoadSettings settings, String text) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (depth > MOST_DEPTH || event instanceof AliasEvent) {
                String position = event.getStartMark()
                        .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
                        .orElse("");
                throw new CalibrationException(file
                        + position
                        + (depth > MOST_DEPTH ? ": nested too deeply" : ": aliases are not allowed in a profile"));
            }
        }
    }
}
