import java.net.InetSocketAddress;
import java.util.EnumSet;
import javax.servlet.DispatcherType;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.DefaultServlet;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;

/** Runs Solr inside a plain Jetty on loopback: SolrMain HOME PORT. */
public class SolrMain {
  public static void main(String[] args) throws Exception {
    System.setProperty("solr.solr.home", args[0]);
    System.setProperty("solr.install.dir", args[0]);
    Server server = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])));
    ServletContextHandler context = new ServletContextHandler(server, "/solr");
    context.setResourceBase(args[0]);
    context.addEventListener(new CoreContainerProvider());
    context.addFilter(new FilterHolder(SolrDispatchFilter.class), "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(DefaultServlet.class, "/");
    server.start();
    server.join();
  }
}
