package trainyard.scenario.importing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import trainyard.parallel.model.Model;
import trainyard.scenario.format.ScalarType;
import trainyard.scenario.format.TextType;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceReader;

/** The path of a Hugging Face {@code config.json}, from the folder of the file that names it, read as a model. */
public final class HuggingFaceFile implements ScalarType<Model> {

    @Override
    public Optional<Model> parse(Node.Scalar scalar, Problems problems) {
        try {
            Path named = Path.of(scalar.text());
            Path beside = Path.of(scalar.position().source().name()).resolveSibling(named);
            return Optional.of(HuggingFaceConfig.read(SourceReader.file(beside, Optional.of(scalar.position()))));
        } catch (InvalidPathException notAPath) {
            problems.add(scalar.position(), Problem.Kind.FILE, "not a path: " + scalar.text(), "");
        } catch (ScenarioException wrong) {
            wrong.problems().forEach(problems::add);
        }
        return Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        return TextType.ANY.schema();
    }

    @Override
    public String describe() {
        return "the path of a `config.json`";
    }
}
