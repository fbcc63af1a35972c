package echo;

import echo.api.CookiesHandler;
import echo.api.CookiesResponse;
import echo.api.EchoApi;
import echo.api.FormHandler;
import echo.api.FormQueryHandler;
import echo.api.FormQueryResponse;
import echo.api.FormResponse;
import echo.api.HeadersHandler;
import echo.api.HeadersResponse;
import echo.api.JsonHandler;
import echo.api.JsonQueryHandler;
import echo.api.JsonQueryResponse;
import echo.api.JsonResponse;
import echo.api.MultipartHandler;
import echo.api.MultipartResponse;
import echo.api.OctetsHandler;
import echo.api.OctetsResponse;
import echo.api.PathListsHandler;
import echo.api.PathListsResponse;
import echo.api.PathObjectsHandler;
import echo.api.PathObjectsResponse;
import echo.api.PathScalarsHandler;
import echo.api.PathScalarsResponse;
import echo.api.QueryHandler;
import echo.api.QueryResponse;

/** Answers each request with what it understood. */
public final class Echo implements EchoApi {

  @Override
  public PathScalarsHandler pathScalars() {
    return request -> new PathScalarsResponse.Ok(request.toString());
  }

  @Override
  public PathListsHandler pathLists() {
    return request -> new PathListsResponse.Ok(request.toString());
  }

  @Override
  public PathObjectsHandler pathObjects() {
    return request -> new PathObjectsResponse.Ok(request.toString());
  }

  @Override
  public QueryHandler query() {
    return request -> new QueryResponse.Ok(request.toString());
  }

  @Override
  public HeadersHandler headers() {
    return request -> new HeadersResponse.Ok(request.toString());
  }

  @Override
  public CookiesHandler cookies() {
    return request -> new CookiesResponse.Ok(request.toString());
  }

  @Override
  public FormQueryHandler formQuery() {
    return request -> new FormQueryResponse.Ok(request.toString());
  }

  @Override
  public JsonQueryHandler jsonQuery() {
    return request -> new JsonQueryResponse.Ok(request.toString());
  }

  @Override
  public JsonHandler json() {
    return request -> new JsonResponse.Ok(request.toString());
  }

  @Override
  public FormHandler form() {
    return request -> new FormResponse.Ok(request.toString());
  }

  @Override
  public MultipartHandler multipart() {
    return request -> new MultipartResponse.Ok(Caller.text(request.body()));
  }

  @Override
  public OctetsHandler octets() {
    return request -> new OctetsResponse.Ok(request.body());
  }
}
