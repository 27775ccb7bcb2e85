// Asks a SPARQL endpoint by Apache Jena's client: java -cp jena-fuseki-server.jar JenaClient.java ADDRESS QUERY...
import java.util.Arrays;
import org.apache.jena.rdfconnection.RDFConnection;
import org.apache.jena.rdfconnection.RDFConnectionRemote;

public class JenaClient {
    public static void main(String[] arguments) {
        try (RDFConnection endpoint = RDFConnectionRemote.service(arguments[0]).build()) {
            for (String query : Arrays.copyOfRange(arguments, 1, arguments.length)) {
                if (query.startsWith("ASK")) {
                    System.out.println(endpoint.queryAsk(query));
                } else if (query.startsWith("CONSTRUCT")) {
                    System.out.println(endpoint.queryConstruct(query).size());
                } else {
                    endpoint.querySelect(query, row -> System.out.println(row.get("v")));
                }
            }
        }
    }
}
