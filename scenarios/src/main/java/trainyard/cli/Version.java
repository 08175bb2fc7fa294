package trainyard.cli;

import picocli.CommandLine.IVersionProvider;
import trainyard.scenario.answer.Product;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"trainyard " + Product.version()};
    }
}
